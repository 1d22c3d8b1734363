import { signal } from "@preact/signals";
import { unflatten } from "devalue";

/**
 * Reads what `serialiseProps` wrote, once parsed.
 *
 * @param data an array or number, in the form of `devalue`
 * @param slotOf gives what stands for JSX that the server rendered into a slot
 */
export function reviveProps(data: unknown[], slotOf: (id: number) => unknown): unknown {
  return unflatten(data, {
    Signal: ([value]: [unknown]) => signal(value),
    Slot: ([id]: [number]) => slotOf(id),
  });
}
