import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Something the page can be put into and out of, where the browser has it. */
export interface Mode {
  readonly possible: boolean;
  readonly on: boolean;
  readonly toggle: () => void;
}

/**
 * The page over the whole screen, or one element of it. Phones with iOS have no such thing.
 *
 * @param part the page itself where it is left out
 */
export function useFullScreen(part?: RefObject<HTMLElement>): Mode {
  const [possible, setPossible] = useState(false);
  const [on, setOn] = useState(false);

  useEffect(() => {
    setPossible(document.fullscreenEnabled === true);
    const follow = () => {
      const full = document.fullscreenElement;
      setOn(part ? full !== null && full === part.current : full !== null);
    };
    follow();
    document.addEventListener("fullscreenchange", follow);
    return () => {
      document.removeEventListener("fullscreenchange", follow);
      // An element that goes takes its full screen with it, and must not take the page's.
      if (part || document.fullscreenElement === null) return;
      void document.exitFullscreen().catch(() => {});
    };
  }, []);

  const toggle = () => {
    const done = document.fullscreenElement === null
      ? (part?.current ?? document.documentElement).requestFullscreen()
      : document.exitFullscreen();
    done.catch(() => {}); // a browser may refuse: then nothing has changed, and the tool says so
  };
  return { possible, on, toggle };
}
