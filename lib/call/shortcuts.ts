/** Keys that work the call (pure). SPEC.md, UI. */

export type Shortcut =
  | "microphone"
  | "camera"
  | "talk"
  | "hand"
  | "chat"
  | "people"
  | "share"
  | "view"
  | "fullScreen"
  | "help";

/** The `key` of each one's event, letters as capitals. */
export const SHORTCUT_KEYS: Readonly<Record<Shortcut, string>> = {
  microphone: "M",
  camera: "V",
  talk: " ",
  hand: "H",
  chat: "C",
  people: "P",
  share: "D",
  view: "W",
  fullScreen: "F",
  help: "?",
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
 * Where the focus is. `text`: where letters have a meaning of their own, a field, a list of choices
 * or anything in an open dialog. `control`: what Space presses.
 */
export type FocusPlace = "nothing" | "control" | "text";

/** Finds what a key press asks for. */
export type ShortcutOf = (press: KeyPress, focus: FocusPlace) => Shortcut | null;

export const shortcutOf: ShortcutOf = (press, focus) => {
  if (press.repeat || press.ctrlKey || press.metaKey || press.altKey) return null;
  const wanted = press.key.toUpperCase();
  const found = Object.entries(SHORTCUT_KEYS).find(([, key]) => key === wanted);
  if (found === undefined || focus === "text") return null;
  const shortcut = found[0] as Shortcut;
  return shortcut === "talk" && focus === "control" ? null : shortcut;
};
