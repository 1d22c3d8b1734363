import { useEffect, useState } from "preact/hooks";

/** Something the page can be put into and out of, where the browser has it. */
export interface Mode {
  readonly possible: boolean;
  readonly on: boolean;
  readonly toggle: () => void;
}

/** The whole page over the whole screen. Phones with iOS have no such thing. */
export function useFullScreen(): Mode {
  const [possible, setPossible] = useState(false);
  const [on, setOn] = useState(false);

  useEffect(() => {
    setPossible(document.fullscreenEnabled === true);
    const follow = () => setOn(document.fullscreenElement !== null);
    follow();
    document.addEventListener("fullscreenchange", follow);
    return () => {
      document.removeEventListener("fullscreenchange", follow);
      if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => {});
    };
  }, []);

  const toggle = () => {
    const done = document.fullscreenElement === null
      ? document.documentElement.requestFullscreen()
      : document.exitFullscreen();
    done.catch(() => {}); // a browser may refuse: then nothing has changed, and the tool says so
  };
  return { possible, on, toggle };
}
