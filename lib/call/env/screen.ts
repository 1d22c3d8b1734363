/** The browser's screens behind their port; no part of what a page loads at first. */
import type { ScreenPort, Still } from "../ports.ts";

export const browserScreen: ScreenPort = {
  choose: async () => await navigator.mediaDevices.getDisplayMedia(wanted()),
  stillOf,
};

/**
 * Sound of a tab is music as often as speech. The system's own sound has the call's in it: it is
 * offered where that can be left out (Screen Capture, `restrictOwnAudio`), else the others would
 * hear themselves.
 */
function wanted(): DisplayMediaStreamOptions {
  const known = navigator.mediaDevices.getSupportedConstraints() as Record<string, boolean>;
  const sound: MediaTrackConstraints & { restrictOwnAudio: boolean } = {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
    restrictOwnAudio: true,
  };
  const options = {
    video: { frameRate: { ideal: 15, max: 30 } },
    audio: sound,
    systemAudio: known.restrictOwnAudio ? "include" : "exclude",
    surfaceSwitching: "include",
    selfBrowserSurface: "exclude",
  };
  return options;
}

/** An encoder that gets no frames has none to begin with for whoever comes later. */
const FRAMES_PER_SECOND = 2;
/** A screen that stands still sends its frame at once when asked anew. */
const PATIENCE_MS = 2_000;

/**
 * Makes a still of what `track` shows now.
 *
 * @throws when no picture comes of it
 */
async function stillOf(track: MediaStreamTrack): Promise<Still> {
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  const canvas = document.createElement("canvas");
  try {
    await firstFrame(video);
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d")!.drawImage(video, 0, 0);
  } finally {
    video.srcObject = null;
  }
  const picture = await createImageBitmap(canvas);
  const [still] = canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks();
  still.contentHint = "detail";
  // A canvas that stands still sends no frame: it is drawn again.
  const timer = setInterval(
    () => canvas.getContext("2d")!.drawImage(picture, 0, 0),
    1000 / FRAMES_PER_SECOND,
  );
  return {
    track: still,
    stop() {
      clearInterval(timer);
      still.stop();
      picture.close();
    },
  };
}

function firstFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no picture to freeze")), PATIENCE_MS);
    video.onloadeddata = () => {
      clearTimeout(timer);
      resolve();
    };
    video.play().catch(reject);
  });
}
