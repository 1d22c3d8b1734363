/** One's own name as this browser keeps it, beside the key. Small: the home page asks at once. */
import type { Memory } from "./ports.ts";

export interface KeptName {
  readonly name: string;
  /** As the server gave it; null before it did. */
  readonly claim: string | null;
  readonly listed: boolean;
  readonly dnd: boolean;
}

const KEY = "tertulia.owner";

/** The name this browser holds, if any: if so, `names.ts` is worth loading. */
export function recallName(browser: Memory): KeptName | null {
  try {
    const { name, claim, listed, dnd } = JSON.parse(browser.get(KEY) ?? "null");
    if (typeof name !== "string") return null;
    const kept = typeof claim === "string" ? claim : null;
    return { name, claim: kept, listed: listed !== false, dnd: dnd === true };
  } catch {
    return null; // nothing, or nothing of ours
  }
}

/** Keeps a name in the place of what was kept; null forgets. */
export function keepName(browser: Memory, kept: KeptName | null): void {
  browser.set(KEY, kept === null ? null : JSON.stringify(kept));
}
