/** Where a browser for the tests is, and with what it is started. */

const PLACES = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  windows: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((variable) =>
    ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"]
      .map((path) => `%${variable}%\\${path}`)
  ),
  // Debian's own binary first: its wrapper in /usr/bin adds flags and prints warnings.
  linux: [
    "/usr/lib/chromium/chromium",
    "/opt/google/chrome/chrome",
    "/usr/bin/google-chrome",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/microsoft-edge",
    "/snap/bin/chromium",
  ],
};

/**
 * Finds Chromium, Chrome or Edge: where CHROME_PATH says, else in the usual places.
 *
 * @returns the path of its program, or null where there is none
 * @throws when CHROME_PATH names no file
 */
export function findBrowser(): string | null {
  const told = Deno.env.get("CHROME_PATH");
  if (told) {
    if (fileExists(told)) return told;
    throw new Error(`CHROME_PATH is ${told}, which is no file`);
  }
  const { os } = Deno.build;
  const places = os === "darwin" || os === "windows" ? PLACES[os] : PLACES.linux;
  const expanded = places.map((path) =>
    path.replace(/%(.+)%/, (_, variable) => Deno.env.get(variable) ?? "")
  );
  return expanded.find(fileExists) ?? null;
}

/** What to tell somebody who has no browser the tests know. */
export const HOW_TO_GET_ONE = [
  "No Chromium, Chrome or Edge was found.",
  "Debian and Ubuntu: apt-get install chromium. Elsewhere: install Chrome.",
  "Or set CHROME_PATH to a browser's program.",
].join("\n");

/** Whether there is a file of this name. */
export function fileExists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/**
 * Arguments for a browser with a fake camera and microphone that asks nobody and stays silent on
 * the network. `--no-sandbox` is for containers, where the tests run as root.
 */
export const BROWSER_ARGUMENTS: readonly string[] = [
  "--no-sandbox",
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--auto-select-desktop-capture-source=Entire screen",
  "--autoplay-policy=no-user-gesture-required",
  "--disable-gpu",
  "--mute-audio",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
  // A machine with nothing but a loopback interface would have no candidates.
  "--allow-loopback-in-peer-connection",
];
