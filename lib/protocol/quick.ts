/**
 * Signals with a candidate, and acknowledgements: nearly all of a server's traffic. Read without
 * parsing them, since parsing and writing them again takes as long as all else the server does with
 * one. Knows only what pages write, and leaves the rest, and every refusal, to the schemas.
 */
import type { EndpointId, EventNumber, Position } from "./ids.ts";
import type { ClientMessage } from "./messages.ts";

/** A signal as far as a server reads it. */
export interface UnreadSignal {
  readonly type: "signal";
  readonly n: EventNumber;
  readonly to: EndpointId;
  /** The fields of the signal's body as JSON, without the braces around them. */
  readonly body: string;
  readonly ack?: Position;
}

type Answer = Extract<ClientMessage, { type: "ack" | "pong" }>;

/** Longer frames may hold what is too long for its field; a candidate's has some 300 letters. */
const MOST_LETTERS = 1024;

// Below 10^15 every whole number is a safe one.
const COUNT = "(?:0|[1-9][0-9]{0,14})";
const RISING = "[1-9][0-9]{0,14}";
/** ASCII that stands for itself in JSON, any number of it. */
const PLAIN = "[ !#-\\[\\]-~]";

const CANDIDATE = `\\{"candidate":"${PLAIN}*","sdpMid":(?:null|"${PLAIN}{0,64}"),` +
  `"sdpMLineIndex":(?:null|0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]),` +
  `"usernameFragment":"${PLAIN}{0,256}"\\}`;
const ACK = `(?:,"ack":(${COUNT}))?`;
const SIGNAL = new RegExp(
  `^\\{"type":"signal","to":"([\\w-]{1,64})",("conn":${RISING},"candidate":${CANDIDATE}),` +
    `"n":(${RISING})${ACK}\\}$`,
);
const ANSWER = new RegExp(`^\\{"type":"(ack|pong)"${ACK}\\}$`);

/** What a frame says, if that is plain; null: ask the schemas. */
export function quickClient(frame: string): UnreadSignal | Answer | null {
  if (frame.length > MOST_LETTERS) return null;
  const signal = SIGNAL.exec(frame);
  if (signal !== null) {
    // By index: taking a match apart by a pattern, or spreading, costs as much as the matching.
    const to = signal[1] as EndpointId;
    const body = signal[2];
    const n = Number(signal[3]);
    return signal[4] === undefined
      ? { type: "signal", n, to, body }
      : { type: "signal", n, to, body, ack: Number(signal[4]) };
  }
  const answer = ANSWER.exec(frame);
  if (answer === null) return null;
  const [, type, ack] = answer;
  return { type: type as Answer["type"], ...(ack === undefined ? {} : { ack: Number(ack) }) };
}
