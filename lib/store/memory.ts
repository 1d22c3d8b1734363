import type { Store, StoreName } from "./store.ts";

/** A store that forgets: for tests, and for hosts that may not write. */
export function memoryStore(): Store {
  const values = new Map<StoreName, Uint8Array>();
  return {
    lasting: false,
    read: (name) => Promise.resolve(values.get(name)?.slice() ?? null),
    write(name, value) {
      values.set(name, value.slice());
      return Promise.resolve();
    },
    add(name, value) {
      const standing = values.get(name) ?? value.slice();
      values.set(name, standing);
      return Promise.resolve(standing.slice());
    },
  };
}
