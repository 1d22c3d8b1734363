/** Runs `task` with a folder of its own, which is removed after it. */
export async function inTemporaryFolder<T>(task: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "tertulia-" });
  try {
    return await task(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
