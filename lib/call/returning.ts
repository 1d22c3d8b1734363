/**
 * Coming back from another app: phones take camera and microphone from pages in the background, and
 * some never give them back.
 */
import type { Media } from "./media.ts";
import type { Env, Undo } from "./ports.ts";

/** A system that gives a device back by itself has done so by then. */
export const RETURN_PATIENCE_MS = 2_000;

/** Has devices that give nothing opened anew after each return to the page. */
export function retakeOnReturn(
  { clock, page }: Pick<Env, "clock" | "page">,
  media: Pick<Media, "retake">,
): Undo {
  let cancel: Undo = () => {};
  const stop = page.onVisible(() => {
    cancel();
    cancel = clock.after(RETURN_PATIENCE_MS, () => {
      if (page.visible) void media.retake();
    });
  });
  return () => {
    stop();
    cancel();
  };
}
