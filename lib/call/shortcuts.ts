/** Keys that work the call (pure). SPEC.md, UI. */

export type Shortcut = "microphone" | "camera" | "hand";

/** One letter each; also what buttons say in `aria-keyshortcuts`. */
export const SHORTCUT_KEYS: Readonly<Record<Shortcut, string>> = {
  microphone: "M",
  camera: "V",
  hand: "H",
};

/** What is asked of a key press; a `KeyboardEvent` fits. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
}

/**
 * Finds what a key press asks for.
 *
 * @param inText whether the focus is where letters have a meaning of their own: a text field, a
 *   list of choices, or anything in an open dialog
 */
export function shortcutOf(press: KeyPress, inText: boolean): Shortcut | null {
  if (inText || press.repeat || press.ctrlKey || press.metaKey || press.altKey) return null;
  const letter = press.key.toUpperCase();
  for (const [shortcut, key] of Object.entries(SHORTCUT_KEYS)) {
    if (key === letter) return shortcut as Shortcut;
  }
  return null;
}
