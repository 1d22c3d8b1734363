/** Keeps the screen from going dark as long as somebody is in a call (Screen Wake Lock API). */
import type { Env, Undo } from "./ports.ts";

/** Browsers give the lock up with the page's visibility, so it is asked for at each return. */
export function stayAwake(env: Pick<Env, "page" | "keepAwake">): Undo {
  let release: Undo = () => {};
  let over = false;
  const ask = async () => {
    if (!env.page.visible) return;
    const had = await env.keepAwake();
    if (over) return had();
    release();
    release = had;
  };
  const stop = env.page.onVisible(ask);
  ask();
  return () => {
    over = true;
    stop();
    release();
  };
}
