/** Where people sit at the round table, for the screens that draw it. */

/** Somebody as the table shows them. Colours as in `lib/call/colours.ts`, 0 to 7. */
export interface Sitter {
  readonly name: string;
  readonly colour: number;
}

/**
 * Seats others opposite the one who looks, who has seat 0, at the bottom.
 *
 * @param others everybody else, in the order of their seats
 * @param capacity how many chairs there are
 * @returns for each chair, clockwise from the bottom, who sits there; null for a free one
 */
export function seatOthers(others: readonly Sitter[], capacity: number): (Sitter | null)[] {
  const chairs: (Sitter | null)[] = Array(Math.max(capacity, 1)).fill(null);
  const first = Math.max(1, Math.floor(capacity / 2 - (others.length - 1) / 2));
  others.slice(0, capacity - 1).forEach((other, i) => chairs[first + i] = other);
  return chairs;
}
