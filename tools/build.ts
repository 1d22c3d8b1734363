/** Whether `_fresh/` is as new as what it was built from, and how it is built. */

const BUILT = "_fresh/server.js";
const SOURCES = [
  "main.ts",
  "dev.ts",
  "deno.json",
  "deno.lock",
  "routes",
  "islands",
  "components",
  "lib",
  "static",
];

/**
 * Builds if there is no build or a source is newer than it.
 *
 * @param root the checkout's folder
 * @throws when the build fails; what went wrong has been printed
 */
export async function buildIfNeeded(root: string): Promise<void> {
  if (!await isStale(root)) return;
  console.log("Building…");
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "dev.ts", "build"],
    cwd: root,
    stdin: "null",
  }).spawn().status;
  if (!success) throw new Error("The build failed");
}

/** True when a file or folder of the sources was changed after the build, or there is none. */
export async function isStale(root: string): Promise<boolean> {
  const builtMs = await changedMs(`${root}/${BUILT}`);
  if (builtMs === null) return true;
  for (const source of SOURCES) {
    if (await newestMs(`${root}/${source}`) > builtMs) return true;
  }
  return false;
}

/** A folder's own time counts too: it changes when something in it is removed or renamed. */
async function newestMs(path: string): Promise<number> {
  let newest = await changedMs(path) ?? 0;
  const info = await Deno.stat(path).catch(() => null);
  if (!info?.isDirectory) return newest;
  for await (const entry of Deno.readDir(path)) {
    newest = Math.max(newest, await newestMs(`${path}/${entry.name}`));
  }
  return newest;
}

async function changedMs(path: string): Promise<number | null> {
  const info = await Deno.stat(path).catch(() => null);
  return info?.mtime?.getTime() ?? null;
}
