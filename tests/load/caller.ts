/** Somebody who calls, whatever server stands between: the three clients are used alike. */

/** What two callers say to each other. */
export type Said = "offer" | "answer" | "candidate";

export interface Caller {
  /** Enters a room; resolves when the server has said that one is inside. */
  join(room: string): Promise<void>;
  /** Says it to the other one in the room. */
  say(what: Said): void;
  /** Leaves; resolves when the server has said so. */
  leave(): Promise<void>;
  /** Ends the socket; resolves when it is closed. */
  close(): Promise<void>;
  /** Called when the other one is there and this one is to offer. */
  onTurn: () => void;
  /** Called for each thing the other one said. */
  onHeard: (what: Said) => void;
}

/** Opens a socket to the server at a port of this machine. */
export type Connect = (port: number) => Promise<Caller>;

/** As Chromium gathers it, with one host address. */
export const CANDIDATE = {
  candidate: "candidate:2518273105 1 udp 2122260223 192.0.2.17 54321 typ host generation 0 " +
    "ufrag 4ZcD network-id 1 network-cost 10",
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment: "4ZcD",
} as const;

/** Of the size of Chromium's description of one microphone and one camera, 6 kB. */
export const SDP = "v=0\r\n" + "a=rtpmap:96 VP8/90000\r\n".repeat(260);
