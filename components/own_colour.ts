import type { CallModel, TogetherModel } from "../lib/call/model.ts";

/** The colour of one's own pointer, as the others see it. */
export function ownColour(call: CallModel, together: TogetherModel): number {
  const seat = call.seat.value;
  return (seat && together.colours.value.get(seat)) ?? 0;
}
