/** Colours of people's discs, the same on every screen of a room (pure). */
import type { SeatId } from "../protocol/ids.ts";
import type { SeatView } from "../protocol/messages.ts";

export const COLOURS = 8;
/** Pointers have fewer: they are told apart on any picture. */
export const POINTER_COLOURS = 6;

/** FNV-1a over UTF-16 code units: one name has one colour in every room. */
export function colourOf(name: string, colours = COLOURS): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  }
  return ((hash ^ (hash >>> 16)) >>> 0) % colours;
}

/** By name; on collision the next free one, in the order of the seats. */
export function seatColours(
  seats: readonly Pick<SeatView, "seat" | "name">[],
  count = COLOURS,
): Map<SeatId, number> {
  const colours = new Map<SeatId, number>();
  const taken = new Set<number>();
  for (const { seat, name } of seats) {
    const first = colourOf(name, count);
    let colour = first;
    for (let step = 1; taken.has(colour) && step < count; step++) {
      colour = (first + step) % count;
    }
    if (taken.has(colour)) colour = first;
    taken.add(colour);
    colours.set(seat, colour);
  }
  return colours;
}
