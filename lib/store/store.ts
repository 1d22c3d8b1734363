/**
 * What must outlive the process: a few small values by name. The port; `memory.ts` and `files.ts`
 * are behind it.
 */
export interface Store {
  /** False where what is written is gone when the process ends. */
  readonly lasting: boolean;
  /** The value last written, or null. */
  read(name: StoreName): Promise<Uint8Array | null>;
  /** Replaces the value: whoever reads has the old or the new one whole, never a part. */
  write(name: StoreName, value: Uint8Array): Promise<void>;
  /** Writes the value unless there is one; gives back the one that stands. */
  add(name: StoreName, value: Uint8Array): Promise<Uint8Array>;
}

/** Every name in use. Names, not paths: a store decides where they live. */
export type StoreName =
  | "signing-key"
  | "names"
  | "authority.crt"
  | "authority.key"
  | "server.crt"
  | "server.key"
  | ".gitignore";
