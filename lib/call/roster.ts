/** Who sits in the room, as the server tells it (pure). */
import type { EndpointId, SeatId } from "../protocol/ids.ts";
import type { EndpointView, SeatView } from "../protocol/messages.ts";
import type { LinkEvent } from "./link.ts";

/** In the server's order, which is the same for everybody. */
export type Roster = readonly SeatView[];

export type RosterEvent = Extract<LinkEvent, { type: "snapshot" | "seats" | "arrived" | "left" }>;

/** The seats after an event; a seat told of replaces what was known of it. */
export function foldRoster(roster: Roster, event: RosterEvent): Roster {
  switch (event.type) {
    case "snapshot":
      return event.seats;
    case "seats":
      return event.seats.reduce(put, roster);
    case "arrived":
      return put(roster, event.seat);
    case "left":
      return roster.map((seat) => without(seat, event.seat, event.endpoint))
        .filter((seat) => seat.endpoints.length > 0);
  }
}

/** The endpoints to be connected with: everybody else's, not one's own other devices. */
export function endpointsOf(roster: Roster, self: SeatId): EndpointView[] {
  return roster.filter((seat) => seat.seat !== self).flatMap((seat) => seat.endpoints);
}

/** The endpoint whose picture is the person's, as it stands. */
export function mainOf(seat: SeatView): EndpointView | undefined {
  return seat.endpoints.find((each) => each.endpoint === seat.main) ?? seat.endpoints[0];
}

function put(roster: Roster, seat: SeatView): Roster {
  const known = roster.some((each) => each.seat === seat.seat);
  return known ? roster.map((each) => each.seat === seat.seat ? seat : each) : [...roster, seat];
}

function without(seat: SeatView, id: SeatId, endpoint: EndpointId): SeatView {
  if (seat.seat !== id) return seat;
  return { ...seat, endpoints: seat.endpoints.filter((each) => each.endpoint !== endpoint) };
}
