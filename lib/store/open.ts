import type { Log } from "../log.ts";
import { fileStore } from "./files.ts";
import { memoryStore } from "./memory.ts";
import type { Store } from "./store.ts";

/**
 * The store of this host: files in `folder` where they may be written, memory elsewhere.
 *
 * @param folder the setting DATA_DIR
 */
export async function openStore(folder: string, log: Log): Promise<Store> {
  try {
    return await fileStore(folder);
  } catch (error) {
    // Deno Deploy, a read-only container, a folder of somebody else's: serve all the same.
    log.warn("the data folder cannot be written", { why: (error as Error).name });
    return memoryStore();
  }
}
