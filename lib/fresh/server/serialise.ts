import { Signal } from "@preact/signals";
import { uneval } from "devalue";
import { Slot } from "./render_state.ts";

/**
 * Writes island props as an expression for a script, in which `signal(value)` and `slot(id)` make
 * those: JSON, Date, undefined, Map, Set, bigint, signals and slots. What occurs twice is written
 * once, so a signal given to two islands stays one signal. No text in it can end the script.
 *
 * @throws on a function, a symbol or an instance of a class, naming the path to it
 */
export function serialiseProps(value: unknown): string {
  return uneval(value, (part, js) => {
    if (part instanceof Signal) return js`signal(${part.peek()})`;
    if (part instanceof Slot) return js`slot(${part.id})`;
  });
}
