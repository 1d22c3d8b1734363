import { useEffect, useRef } from "preact/hooks";
import type { FocusPlace, Shortcut, ShortcutOf } from "../lib/call/shortcuts.ts";

/** Whether keys work the call, the switch for it, and which key asks for what. */
export interface Shortcuts {
  readonly on: boolean;
  readonly set: (on: boolean) => void;
  readonly of: ShortcutOf;
}

type Actions = { readonly [Name in Shortcut]?: () => void };

const TEXT = "input:not([type=checkbox]), textarea, select, dialog";
const CONTROL = "a, button, input, summary, [role=button]";

function focusPlace(target: EventTarget | null): FocusPlace {
  if (!(target instanceof Element)) return "nothing";
  if (target.closest(TEXT)) return "text";
  return target.closest(CONTROL) ? "control" : "nothing";
}

/**
 * Does what keys ask for, of what is named in `pressed`; the rest is left to others.
 *
 * @param released what follows when such a key is let go, or the window loses the keyboard
 */
export function useKeys(shortcuts: Shortcuts, pressed: Actions, released: Actions = {}): void {
  const latest = useRef({ pressed, released });
  latest.current = { pressed, released };
  const { on, of } = shortcuts;

  useEffect(() => {
    if (!on) return;
    const held = new Map<string, Shortcut>();
    const down = (event: KeyboardEvent) => {
      // A held key repeats: Space would scroll the page.
      if (held.has(event.code)) return event.preventDefault();
      const shortcut = of(event, focusPlace(event.target));
      const act = shortcut && latest.current.pressed[shortcut];
      if (!shortcut || !act) return;
      event.preventDefault();
      if (latest.current.released[shortcut]) held.set(event.code, shortcut);
      act();
    };
    const up = ({ code }: KeyboardEvent) => release(code);
    const blur = () => held.forEach((_, code) => release(code));
    const release = (code: string) => {
      const shortcut = held.get(code);
      if (held.delete(code)) latest.current.released[shortcut!]?.();
    };
    addEventListener("keydown", down);
    addEventListener("keyup", up);
    addEventListener("blur", blur);
    return () => {
      blur();
      removeEventListener("keydown", down);
      removeEventListener("keyup", up);
      removeEventListener("blur", blur);
    };
  }, [on, of]);
}
