import type { Store, StoreName } from "./store.ts";

/** Only the server's own user may look: a signing key lets its reader be anybody. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * A store of one file a name. A value is written beside its place and then put there in one step,
 * so a crash leaves the old value or the new one. Modes are Unix's; Windows has its own rights.
 *
 * @param folder made, with its parents, where there is none
 * @throws what Deno throws where the folder may not be made or written
 */
export async function fileStore(folder: string): Promise<Store> {
  await Deno.mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  const place = (name: StoreName) => `${folder}/${name}`;

  const read = async (name: StoreName): Promise<Uint8Array | null> => {
    try {
      return await Deno.readFile(place(name));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    }
  };

  /** Writes beside the value's place, then lets `put` take the file to it. */
  const writeBeside = async (
    name: StoreName,
    value: Uint8Array,
    put: (from: string, to: string) => Promise<void>,
  ) => {
    const beside = `${place(name)}.${crypto.randomUUID()}`;
    try {
      await Deno.writeFile(beside, value, { createNew: true, mode: FILE_MODE });
      await put(beside, place(name));
    } finally {
      await Deno.remove(beside).catch(() => {}); // gone already, if it was renamed
    }
  };

  return {
    lasting: true,
    read,
    write: (name, value) => writeBeside(name, value, Deno.rename),
    async add(name, value) {
      const standing = await read(name);
      if (standing) return standing;
      await writeBeside(name, value, linkUnlessThere);
      return await read(name) ?? value;
    },
  };
}

/** A hard link never replaces a file, so of two processes that start at once one value stands. */
async function linkUnlessThere(from: string, to: string): Promise<void> {
  try {
    await Deno.link(from, to);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return;
    await Deno.rename(from, to); // a file system without hard links, as exFAT
  }
}
