import { useEffect, useRef, useState } from "preact/hooks";
import type { CallModel } from "../lib/call/model.ts";
import { bringExtras, type FetchExtras } from "./use_extras.ts";
import type { Mode } from "./use_full_screen.ts";
import { useWords } from "./words.tsx";

/**
 * The other person in a small window over all programs: with tools where the browser opens
 * documents there (Document Picture-in-Picture), else the picture alone.
 */
export function useSmallWindow(call: CallModel, fetchExtras: FetchExtras): Mode {
  const { words } = useWords();
  const [possible, setPossible] = useState(false);
  const [on, setOn] = useState(false);
  const close = useRef<(() => void) | null>(null);

  useEffect(() => {
    setPossible("documentPictureInPicture" in globalThis || document.pictureInPictureEnabled);
    return () => close.current?.();
  }, []);

  async function open() {
    try {
      const { openSmallWindow } = await bringExtras(fetchExtras);
      close.current = await openSmallWindow(call, words, () => {
        close.current = null;
        setOn(false);
      });
      setOn(true);
    } catch { // refused, or its code did not come: the tool stays as it was
      setOn(false);
    }
  }
  return {
    possible: possible && call.others.value.length > 0,
    on,
    toggle: () => close.current ? close.current() : void open(),
  };
}
