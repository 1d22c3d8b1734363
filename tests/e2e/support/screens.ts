/** Screens to share, drawn by the page itself where a test must know what is on them. */
import type { Person } from "./person.ts";

declare global {
  /** Ends the share as the browser's own bar does. */
  var endByBrowser: () => void;
}

/**
 * Runs in the page, before its own code, serialised: what is shared is a surface that changes its
 * colour all the time, with a tone.
 */
export function drawScreen(): void {
  const canvas = document.createElement("canvas");
  canvas.width = 960;
  canvas.height = 540;
  const brush = canvas.getContext("2d")!;
  let hue = 0;
  setInterval(() => {
    hue = (hue + 70) % 360;
    brush.fillStyle = `hsl(${hue} 100% 50%)`;
    brush.fillRect(0, 0, canvas.width, canvas.height);
  }, 200);
  navigator.mediaDevices.getDisplayMedia = () => {
    const sound = new AudioContext();
    const tone = sound.createOscillator();
    const out = sound.createMediaStreamDestination();
    tone.connect(out);
    tone.start();
    const stream = canvas.captureStream(10);
    for (const track of out.stream.getAudioTracks()) stream.addTrack(track);
    const [picture] = stream.getVideoTracks();
    globalThis.endByBrowser = () => {
      picture.stop();
      picture.dispatchEvent(new Event("ended"));
    };
    return Promise.resolve(stream);
  };
}

/** The screen somebody shares, as a person sees it. */
export function screenOf({ page }: Person, name: string) {
  return page.getByRole("group", { name, exact: true }).and(page.locator("[data-share]"));
}

/** The colours of a number of pictures of a share that follow one another, as "r,g,b" in tens. */
export function coloursOf(person: Person, name: string, count: number): Promise<string[]> {
  return screenOf(person, name).locator("video").evaluate(
    async (video: HTMLVideoElement, count) => {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 1;
      const brush = canvas.getContext("2d", { willReadFrequently: true })!;
      const seen: string[] = [];
      while (seen.length < count) {
        await new Promise((shown) => video.requestVideoFrameCallback(shown));
        brush.drawImage(video, 0, 0, 1, 1);
        const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
        seen.push([red, green, blue].map((each) => Math.round(each / 25)).join());
      }
      return seen;
    },
    count,
  );
}
