/** A message as pieces: text, and addresses somebody may follow. */
export interface Piece {
  readonly text: string;
  /** Where it leads; only by http and https. */
  readonly href?: string;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/gi;
/** What ends a sentence and no address. */
const TAIL = /[.,;:!?…»”’)\]}]+$/;

/** Finds the addresses in a text. Everything else, whatever it looks like, is text. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutTail(found);
    if (!URL.canParse(address)) continue;
    if (index > end) pieces.push({ text: text.slice(end, index) });
    pieces.push({ text: address, href: new URL(address).href });
    end = index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** A bracket that was opened within belongs to the address. */
function withoutTail(address: string): string {
  const tail = TAIL.exec(address)?.[0] ?? "";
  const bare = address.slice(0, address.length - tail.length);
  return tail.startsWith(")") && bare.includes("(") ? `${bare})` : bare;
}
