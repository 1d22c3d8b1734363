import type { MediaModel } from "../lib/call/model.ts";
import { Video } from "./Video.tsx";

/** One's own picture: without sound, and as in a mirror unless one wants it otherwise. */
export function OwnVideo({ media }: { media: MediaModel }) {
  return <Video stream={media.preview.value} mirrored={media.mirrored.value} silent />;
}
