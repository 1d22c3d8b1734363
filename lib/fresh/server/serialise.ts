import { Signal } from "@preact/signals";
import { stringify } from "devalue";
import { Slot } from "./render_state.ts";

/**
 * Writes island props as text for a script: JSON, Date, undefined, Map, Set, bigint, signals and
 * slots. What occurs twice is written once, so a signal given to two islands stays one signal.
 *
 * @throws on a function, a symbol or an instance of a class, naming the path to it
 */
export function serialiseProps(value: unknown): string {
  const text = stringify(value, {
    Signal: (part: unknown) => part instanceof Signal && [part.peek()],
    Slot: (part: unknown) => part instanceof Slot && [part.id],
  });
  // So that no text in it can end the script element it is put into.
  return text.replaceAll("<", "\\u003C");
}
