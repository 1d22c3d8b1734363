import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";

/** The files below a folder by their paths in it, sorted; none if there is no such folder. */
export async function filesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll("\\", "/"))
    .sort();
}

/** The modules below a folder, without the tests beside them: path in it and absolute path. */
export async function modulesIn(folder: string): Promise<[path: string, file: string][]> {
  const paths = (await filesIn(folder)).filter((path) => /(?<![._]test)\.[jt]sx?$/.test(path));
  return paths.map((path) => [path, join(folder, path)]);
}

/** The SHA-256 of some bytes, cut to 80 bits, in hexadecimal. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes), 0, 10);
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
