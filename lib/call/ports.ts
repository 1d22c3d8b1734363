/**
 * The world as the engine sees it: small ports with a browser behind them in a page (`env.ts`) and
 * hand-written doubles in tests. Every `onX` returns its undo.
 */

/** Undoes what returned it. Calling it twice is harmless. */
export type Undo = () => void;

export interface Clock {
  /** Ms since 1970; may jump. */
  now(): number;
  /** Runs `task` once, `delayMs` from now. */
  after(delayMs: number, task: () => void): Undo;
  /** Runs `task` every `periodMs`, first after one period. */
  every(periodMs: number, task: () => void): Undo;
}

/** A client's WebSocket. Handlers are set once, before anything can happen. */
export interface SocketHandlers {
  open(): void;
  message(data: unknown): void;
  /** Once, also when the socket could not be opened. */
  close(code: number, reason: string): void;
}
export interface ClientSocket {
  send(frame: string): void;
  close(code?: number, reason?: string): void;
  /** Bytes not yet given to the network. */
  readonly buffered: number;
}
export type OpenSocket = (url: string, handlers: SocketHandlers) => ClientSocket;

/** What outlives a reload of this tab (`sessionStorage`) or the tab (`localStorage`). */
export interface Memory {
  get(key: string): string | null;
  /** Never throws: where storage is refused, nothing is kept. */
  set(key: string, value: string | null): void;
}

/** Web Locks: one tab holds a session. */
export interface Locks {
  /**
   * Takes the lock if it is free. Null when another tab holds it. `lost` runs when it is stolen.
   * Where the browser has no Web Locks the lock is always had.
   */
  hold(name: string, lost: () => void): Promise<Undo | null>;
  /** Takes the lock from whoever holds it. */
  steal(name: string, lost: () => void): Promise<Undo>;
}

/** What happens to the page and its network. */
export interface PageEvents {
  readonly online: boolean;
  readonly visible: boolean;
  onOnline(task: () => void): Undo;
  onVisible(task: () => void): Undo;
  /** `pagehide`: perhaps a reload, perhaps the end, perhaps the back-forward cache. */
  onHide(task: () => void): Undo;
  /** `pageshow` from the back-forward cache. */
  onShow(task: () => void): Undo;
  /** `navigator.connection` changed, where there is one. */
  onNetworkChange(task: () => void): Undo;
}

export type MediaKind = "microphone" | "camera";

/** One picture, sent for as long as wanted. */
export interface Still {
  readonly track: MediaStreamTrack;
  readonly stop: Undo;
}

/** `navigator.mediaDevices`, the part we use. Rejects with the browser's `DOMException`s. */
export interface MediaPort {
  readonly secure: boolean;
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>;
  enumerateDevices(): Promise<MediaDeviceInfo[]>;
  onDeviceChange(task: () => void): Undo;
  /** "granted", "denied", "prompt"; null where the browser cannot tell. */
  permission(kind: MediaKind): Promise<PermissionState | null>;
  newStream(tracks?: MediaStreamTrack[]): MediaStream;
  /** Whether the browser can share a screen; phones cannot. */
  readonly canShare: boolean;
  /**
   * Measures loudness (root mean square, 0 to 1) of a live audio track until undone; says nothing
   * while the page is hidden or the browser waits for a click before it lets sound be worked on.
   */
  meter(track: MediaStreamTrack, heard: (level: number) => void): Undo;
}

/** Sharing a screen, where `MediaPort.canShare`. Rejects with the browser's `DOMException`s. */
export interface ScreenPort {
  /** Has the person choose a screen, window or tab, with its sound where that can be. */
  choose(): Promise<MediaStream>;
  /** What a video track shows now, as a track of its own. Rejects where it shows nothing. */
  stillOf(track: MediaStreamTrack): Promise<Still>;
}

/** Makes peer connections; `RTCPeerConnection` itself is the interface behind it. */
export interface RtcPort {
  newConnection(configuration: RTCConfiguration): RTCPeerConnection;
  newCertificate(): Promise<RTCCertificate>;
  /** Has the browser do ahead what a page's first connection would wait for; never throws. */
  warmUp(): Promise<void>;
}

export interface Env {
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  /** The signaling endpoint, absolute, `ws:` or `wss:`. */
  readonly signalUrl: string;
  readonly random: (bytes: Uint8Array) => void;
  /** This tab's memory; the copy a duplicated tab gets is why there are locks. */
  readonly tab: Memory;
  /** This browser's memory: name, devices. */
  readonly browser: Memory;
  readonly locks: Locks;
  readonly page: PageEvents;
  /** Keeps the screen on until undone or hidden; where that cannot be, nothing happens. */
  readonly keepAwake: () => Promise<Undo>;
  readonly media: MediaPort;
  readonly rtc: RtcPort;
  /** Debug lines only; never SDP, candidates, tokens or addresses above debug. */
  readonly log: (level: "debug" | "info" | "warn", text: string) => void;
}
