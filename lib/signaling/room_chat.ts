/** What people say to each other through the room: chat, kept for who comes later, and requests. */
import type { EndpointId, SeatId } from "../protocol/ids.ts";
import { PAST_BYTES, PAST_MESSAGES } from "../protocol/limits.ts";
import { write } from "../protocol/frame.ts";
import type { AskEvent, ChatEvent } from "../protocol/messages.ts";
import type { RoomCommand } from "./room_commands.ts";
import { accept, isRepeat, refuse } from "./room_events.ts";
import { type EndpointState, type RoomState, seatById } from "./room_state.ts";
import type { Turn } from "./room_turn.ts";

type Command<K extends RoomCommand["do"]> = Extract<RoomCommand, { do: K }>;

/** Relays chat to everybody or to one seat; its sender has it too, for its place among the rest. */
export function chat(turn: Turn, sender: EndpointState, command: Command<"chat">): void {
  if (isRepeat(turn, sender, command.n)) return;
  const { state, p } = turn;
  const { n, saidAt: at, body, mark, to, was } = command;
  if (to === sender.seat) {
    return refuse(turn, sender, command, "bad-message", "said to oneself");
  }
  if (to !== undefined && seatById(state, to) === undefined) {
    return refuse(turn, sender, command, "gone", "no such seat here");
  }
  const { endpoint: from, seat } = sender;
  const message: ChatEvent = {
    type: "chat",
    p,
    from,
    seat,
    name: seatById(state, seat)!.name,
    n,
    at,
    body,
    ...(mark === undefined ? {} : { mark }),
    ...(to === undefined ? {} : { to }),
    ...(was === undefined ? {} : { was }),
  };
  const had = hearers(state, message);
  if (accept(turn, sender, command, had, { do: "event", to: had, message })) {
    keep(state, message, command.bytes);
  }
}

/** Relays a request, or the answer no, to one seat. */
export function ask(turn: Turn, sender: EndpointState, command: Command<"ask">): void {
  if (isRepeat(turn, sender, command.n)) return;
  const { to, n, what } = command;
  if (to === sender.seat) return refuse(turn, sender, command, "bad-message", "asked of oneself");
  const asked = seatById(turn.state, to);
  if (asked === undefined) return refuse(turn, sender, command, "gone", "no such seat here");
  const { endpoint: from, seat } = sender;
  const message: AskEvent = { type: "ask", p: turn.p, from, seat, n, what };
  const due = [asked.main];
  accept(turn, sender, command, due, { do: "event", to: due, message });
}

/** So much of the past goes into one frame, in UTF-16 units: each is at most 3 bytes of UTF-8. */
const PAST_FRAME_LENGTH = 16_000;

/** What was said that a seat may know of, oldest first, as `past` frames; none if nothing was. */
export function pastFrames({ past, log }: RoomState, seat: SeatId): string[] {
  const frames: string[] = [];
  let said: ChatEvent[] = [];
  let length = 0;
  const close = () => {
    if (said.length > 0) frames.push(write({ type: "past", log: log!, said }));
    said = [];
    length = 0;
  };
  for (const { said: each } of past) {
    if (each.to !== undefined && each.to !== seat && each.seat !== seat) continue;
    const more = write(each).length;
    if (length + more > PAST_FRAME_LENGTH) close();
    said.push(each);
    length += more;
  }
  close();
  return frames;
}

function hearers({ endpoints }: RoomState, { seat, to }: ChatEvent): EndpointId[] {
  return endpoints.filter((each) => to === undefined || each.seat === to || each.seat === seat)
    .map(({ endpoint }) => endpoint);
}

/** What came again under another endpoint's number stays in its first place. */
function keep(state: RoomState, said: ChatEvent, bytes: number): void {
  const isKept = said.was?.some(({ endpoint, n }) =>
    state.past.some(({ said }) => said.from === endpoint && said.n === n)
  );
  if (isKept) return;
  state.past.push({ said, bytes });
  let kept = state.past.reduce((sum, each) => sum + each.bytes, 0);
  while (state.past.length > PAST_MESSAGES || kept > PAST_BYTES) {
    kept -= state.past.shift()!.bytes;
  }
}
