/** What a browser keeps, where it may. */
import type { Memory } from "../ports.ts";

/** Even reading `localStorage` throws where a person has forbidden it. */
export function memory(storage: () => Storage): Memory {
  return {
    get(key) {
      try {
        return storage().getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        if (value === null) storage().removeItem(key);
        else storage().setItem(key, value);
      } catch {
        // full or forbidden: nothing is kept
      }
    },
  };
}
