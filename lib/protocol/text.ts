/**
 * Text typed by people, made safe to compare and to show. Used at both ends: the server does not
 * trust a page, and a page does not trust what another page said through the server.
 */

// Controls (Cc), and the format characters that turn the reading direction of what follows
// (UAX #9: embeddings, overrides, isolates, marks). ZWJ and ZWNJ stay: emoji and Persian need them.
// deno-lint-ignore no-control-regex
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const SPACES = /[\p{White_Space}]+/gu;

/** Counts code points, the unit of every length limit on the wire. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** One line of text: unsafe characters go, white space becomes single spaces, ends are trimmed. */
export function cleanLine(text: string): string {
  // What goes may have stood between two spaces, or between a letter and its accent.
  return text.replace(SPACES, " ").replace(UNSAFE, "").normalize("NFC").replace(SPACES, " ").trim();
}

/** Text of several lines: as `cleanLine`, but line feeds and tabs stay. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, "\n")
    .replace(UNSAFE, (c) => c === "\n" || c === "\t" ? c : "").normalize("NFC").trim();
}

/** The first `length` code points, whole. */
export function cut(text: string, length: number): string {
  return lengthOf(text) <= length ? text : [...text].slice(0, length).join("");
}
