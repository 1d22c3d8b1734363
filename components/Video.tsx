import { useEffect, useRef } from "preact/hooks";

interface Props {
  stream: MediaStream | null;
  /** Without sound: one's own, or what is heard elsewhere already. */
  silent?: boolean;
  /** How loud, 0 to 1. */
  volume?: number;
  /** As in a mirror. */
  mirrored?: boolean;
  /** Where sound goes; empty: the system's own speaker. */
  speakerId?: string;
  /** The browser wants a tap before it plays sound; `play` is to be called in one. */
  onRefused?: (play: () => void) => void;
}

/** Sound and picture of somebody. Stays in the document while the camera is off, for the sound. */
export function Video(
  { stream, silent = false, volume = 1, mirrored, speakerId = "", onRefused }: Props,
) {
  const ref = useRef<HTMLVideoElement>(null);

  useEffect(() => {
    const video = ref.current;
    if (video === null || video.srcObject === stream) return;
    video.srcObject = stream;
    if (stream === null) return;
    // Only a refusal concerns people: a play cut short by the next stream is an AbortError.
    video.play().catch((error: DOMException) => {
      if (error.name === "NotAllowedError") onRefused?.(() => void video.play().catch(() => {}));
    });
  }, [stream]);

  // Phones pause what plays in a page they put aside, and leave it so.
  useEffect(() => {
    const goOn = () => {
      if (document.visibilityState === "visible") ref.current?.play().catch(() => {});
    };
    document.addEventListener("visibilitychange", goOn);
    return () => document.removeEventListener("visibilitychange", goOn);
  }, []);

  useEffect(() => {
    if (silent || ref.current === null) return;
    ref.current.volume = volume;
    ref.current.muted = volume === 0; // all there is where browsers keep the volume to themselves
  }, [volume, silent]);

  useEffect(() => {
    if (silent) return;
    // A speaker that has gone is no reason to be silent: the browser keeps the one before.
    ref.current?.setSinkId?.(speakerId).catch(() => {});
  }, [speakerId, silent]);

  useEffect(() => {
    const video = ref.current;
    // Measured in Chromium: a camera has three frames to lend, and an element that has left the
    // page keeps the one it showed until it is collected. From the lobby's preview and two self
    // views on one camera no frame came any more for 1.3 s, to nobody.
    return () => {
      if (video) video.srcObject = null;
    };
  }, []);

  return (
    <video
      ref={ref}
      class={mirrored ? "mirrored" : undefined}
      autoplay
      playsInline
      muted={silent}
    />
  );
}
