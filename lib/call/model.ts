/**
 * What the views may know of a call: read-only signals and actions, never a socket, a peer or a
 * track handler. `lib/call/call.ts` and `lib/call/media.ts` implement these; views only render.
 */
import type { ReadonlySignal } from "@preact/signals-core";
import type { SeatId } from "../protocol/ids.ts";
import type { CompanyModel } from "./company_model.ts";
import type { Picture, Spot } from "./pointing.ts";
import type { ArrangeStage, Staged, View } from "./stage_layout.ts";

/** Where a person stands with a room; the room element carries it as `data-phase`. */
export type Phase =
  | "lobby"
  | "joining"
  | "waiting"
  | "live"
  | "resuming"
  | "full"
  | "denied"
  | "replaced"
  | "ended"
  | "failed";

/** Why a device gives nothing. Closed set; each has its words in the locales (`device.<why>`). */
export type DeviceFailure = "denied" | "absent" | "busy" | "insecure" | "unknown";

/** One microphone or camera, as the person sees it. */
export type DeviceState =
  | { readonly is: "idle" } // not asked for yet
  | { readonly is: "asking" }
  | { readonly is: "on"; readonly deviceId: string; readonly label: string }
  | { readonly is: "off"; readonly deviceId: string; readonly label: string } // by the person's will
  | { readonly is: "failed"; readonly why: DeviceFailure };

export type DeviceKind = "microphone" | "camera" | "speaker";

export interface Device {
  readonly kind: DeviceKind;
  readonly deviceId: string;
  /** Empty until the browser was allowed to tell. */
  readonly label: string;
}

/** How the browser treats what the microphone hears. */
export interface SoundSettings {
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
  /** For music: the three are off whatever they say, and both channels are asked for. */
  readonly original: boolean;
}

/** The camera's height in pixels, as asked of it. */
export const RESOLUTIONS = [360, 540, 720, 1080] as const;
export type Resolution = typeof RESOLUTIONS[number];

/** One's own devices: lives from the lobby to the end of the call. */
export interface MediaModel {
  readonly microphone: ReadonlySignal<DeviceState>;
  readonly camera: ReadonlySignal<DeviceState>;
  /** What there is to choose from; refreshed on `devicechange`. */
  readonly devices: ReadonlySignal<readonly Device[]>;
  /** The chosen speaker; empty: the system's own. Views put it on elements by `setSinkId`. */
  readonly speakerId: ReadonlySignal<string>;
  /** One's own picture, for the preview and self view; null while there is none. */
  readonly preview: ReadonlySignal<MediaStream | null>;
  /** Loudness of the live microphone, 0 to 1, a few times a second; 0 when muted or absent. */
  readonly level: ReadonlySignal<number>;
  /** Asks for both devices (or what is left to ask for); never throws: see the states. */
  ask(): Promise<void>;
  /** Mutes or unmutes; asks for the device when there is none yet. */
  setMicrophone(on: boolean): Promise<void>;
  /** Stops the camera (its light goes out) or takes it again. */
  setCamera(on: boolean): Promise<void>;
  choose(kind: DeviceKind, deviceId: string): Promise<void>;
  readonly sound: ReadonlySignal<SoundSettings>;
  /** Changes some of them, for the microphone in use too; mute stays as it is. */
  setSound(change: Partial<SoundSettings>): Promise<void>;
  readonly resolution: ReadonlySignal<Resolution>;
  setResolution(heightPixels: Resolution): Promise<void>;
  /** Whether there is another camera to turn to. */
  readonly canFlip: ReadonlySignal<boolean>;
  /** From front to back camera or the other way round; where there is no such thing, the next. */
  flip(): Promise<void>;
  /** Whether one's own picture is shown as in a mirror; a back camera's is not, by default. */
  readonly mirrored: ReadonlySignal<boolean>;
  setMirrored(on: boolean): void;
  dispose(): void;
}

/** How the path to somebody stands. */
export type Link =
  | { readonly is: "connecting" }
  | { readonly is: "connected" }
  | { readonly is: "reconnecting"; readonly why: LinkTrouble }
  | { readonly is: "lost"; readonly why: LinkTrouble };

/** Closed set; words in the locales as `link.<why>`. */
export type LinkTrouble =
  | "path"
  | "their-network"
  | "my-network"
  | "gone"
  // the reasons, told after 15 s
  | "no-path"
  | "no-relay"
  | "their-network-down"
  | "my-network-down";

/** Somebody else at the table: one tile. Objects are kept for as long as the seat is. */
export interface Participant {
  readonly seat: SeatId;
  readonly name: ReadonlySignal<string>;
  /** The name is theirs by its key. */
  readonly nameHeld: ReadonlySignal<boolean>;
  /** 0 to 7: the disc's colour, unique in the room where possible. */
  readonly colour: ReadonlySignal<number>;
  /** How loud they are played, 0 to 1. */
  readonly volume: ReadonlySignal<number>;
  /** Sound and picture to play; null before any arrived. */
  readonly stream: ReadonlySignal<MediaStream | null>;
  /** The screen they share, with its sound where there is any; null while they do not. */
  readonly screen: ReadonlySignal<MediaStream | null>;
  readonly microphoneOn: ReadonlySignal<boolean>;
  readonly cameraOn: ReadonlySignal<boolean>;
  readonly hand: ReadonlySignal<boolean>;
  readonly speaking: ReadonlySignal<boolean>;
  readonly link: ReadonlySignal<Link>;
  /** Their connection with us has been poor for 5 s. */
  readonly weak: ReadonlySignal<boolean>;
  /** What they send comes through a TURN server. */
  readonly relayed: ReadonlySignal<boolean>;
}

/** Sharing one's screen. */
export interface ShareModel {
  /** `asking` while the browser's own dialog is open. */
  readonly is: ReadonlySignal<"off" | "asking" | "on">;
  /** The others see one picture, which stays. */
  readonly frozen: ReadonlySignal<boolean>;
  /** What the others see; null while nothing is shared. */
  readonly preview: ReadonlySignal<MediaStream | null>;
  /** To be called in a press; never throws: a failure is a notice. */
  start(): Promise<void>;
  stop(): void;
  /** Lets the last picture stand, without sound, or goes on. */
  freeze(on: boolean): Promise<void>;
}

/** A screen somebody shares, oneself included. Objects are kept for as long as it lasts. */
export interface SharedScreen {
  readonly seat: SeatId;
  readonly isOwn: boolean;
  readonly name: ReadonlySignal<string>;
  readonly stream: ReadonlySignal<MediaStream | null>;
}

/** Somebody else's pointer. `spot` and `presses` change unannounced: see `PointersModel.onMove`. */
export interface Pointer {
  readonly seat: SeatId;
  readonly picture: Picture;
  readonly spot: Spot;
  /** How often was pressed since it was first seen. */
  readonly presses: number;
  /** Has not moved for a while. */
  readonly fading: boolean;
}

/** Pointing at pictures. */
export interface PointersModel {
  /** Another list when one comes, goes, fades or points at another picture. */
  readonly all: ReadonlySignal<readonly Pointer[]>;
  /** Says one's own place, as often as is allowed, and always the last one. */
  point(picture: Picture, spot: Spot): void;
  press(picture: Picture, spot: Spot): void;
  /** One points at nothing any more. */
  away(): void;
  /** Tells of each move of somebody's pointer. */
  onMove(listener: () => void): () => void;
}

/** What people do together besides talking; here once the call runs. */
export interface TogetherModel {
  readonly share: ShareModel;
  /** The oldest first. */
  readonly screens: ReadonlySignal<readonly SharedScreen[]>;
  readonly pointers: PointersModel;
  /** 0 to 5: each person's pointer, the same on every screen. */
  readonly colours: ReadonlySignal<ReadonlyMap<SeatId, number>>;
  readonly view: ReadonlySignal<View>;
  /** To the next way to see the call. */
  nextView(): void;
  /** What one has put on the stage; null: nothing. */
  readonly pinned: ReadonlySignal<Picture | null>;
  /** Puts a picture on the stage, or takes that one off it. */
  pin(picture: Picture): void;
  /** What has the stage and how the rest lies; null: all are alike. */
  readonly staged: ReadonlySignal<Staged | null>;
  readonly arrange: ArrangeStage;
}

/** The same before it has come, as it does by itself a moment after joining. */
export interface TogetherLater {
  /** Whether the browser can share a screen; phones cannot. */
  readonly canShare: boolean;
  readonly model: ReadonlySignal<TogetherModel | null>;
  /** Has it come at once; never throws: null where it cannot. */
  bring(): Promise<TogetherModel | null>;
}

/** Who is inside, for lobby, "full" and "ended". */
export interface Inside {
  readonly count: number;
  readonly capacity: number;
  /** Empty for rooms with a typed name: there only the count of a refusal is known. */
  readonly names: readonly string[];
}

/** What is said to people in passing; each has its words in the locales. */
export const NOTICE_KEYS = [
  "notice.joined",
  "notice.left",
  "notice.gone",
  "notice.handUp",
  "notice.removed",
  "notice.wrote",
  "notice.keeps",
  "notice.knocks",
  "notice.locked",
  "notice.unlocked",
  "notice.owner",
  "notice.listening",
  "notice.serverLost",
  "notice.serverBack",
  "notice.microphoneFallback",
  "notice.cameraFallback",
  "notice.microphoneLost",
  "notice.cameraLost",
  "notice.microphoneBack",
  "notice.cameraBack",
  "notice.silentMicrophone",
  "notice.mutedSpeaking",
  "notice.shares",
  "notice.sharing",
  "notice.shareEnded",
  "notice.shareFailed",
  "notice.frozen",
  "notice.thawed",
  "notice.freezeFailed",
  "notice.viewTwo",
  "notice.viewGrid",
  "notice.viewSpeaker",
  "notice.viewSide",
  "notice.copied",
] as const;
export type NoticeKey = typeof NOTICE_KEYS[number];

/** A line that gives way by itself (6 s) or stays until solved. `key` is a locale key. */
export interface Notice {
  readonly key: NoticeKey;
  readonly values: Readonly<Record<string, string>>;
  readonly tone: "plain" | "trouble";
  readonly stays: boolean;
}

/** Why the call screen ended up at `failed`. Words in the locales as `failed.<why>`. */
export type Failure =
  | "unreachable"
  | "bad-room"
  | "version"
  | "unsupported"
  | "refused"
  | "removed";

/**
 * Where one stands at the door of a locked room: outside, waiting for an answer, or not let in. The
 * phase is `joining` while waiting and `full` else: there is no chair for now.
 */
export type Door = "locked" | "knocking" | "refused";

/** One room, from lobby to end. */
export interface CallModel {
  readonly media: MediaModel;
  /** False for who only watches: there are no devices. */
  readonly sends: boolean;
  readonly phase: ReadonlySignal<Phase>;
  readonly failure: ReadonlySignal<Failure | null>;
  /** One's own seat once inside. */
  readonly seat: ReadonlySignal<SeatId | null>;
  readonly name: ReadonlySignal<string>;
  /** In the lobby: one's name is somebody else's, and this one like it is free; null: it is not. */
  readonly nameTaken: ReadonlySignal<string | null>;
  readonly colour: ReadonlySignal<number>;
  readonly hand: ReadonlySignal<boolean>;
  readonly speaking: ReadonlySignal<boolean>;
  readonly others: ReadonlySignal<readonly Participant[]>;
  readonly capacity: ReadonlySignal<number>;
  readonly inside: ReadonlySignal<Inside | null>;
  readonly notice: ReadonlySignal<Notice | null>;
  /** Said once, politely, to assistive technology: who came, who went, what changed. */
  readonly announcement: ReadonlySignal<Notice | null>;
  /** When the call began for this person, in ms since 1970; null before. */
  readonly joinedAt: ReadonlySignal<number | null>;
  /** How long it lasted in ms, once ended. */
  readonly lastedMs: ReadonlySignal<number>;
  /** While `full`: ms since 1970 of the next look; null otherwise. */
  readonly retryAt: ReadonlySignal<number | null>;
  /** While the server does not answer: since when, in ms since 1970; null otherwise. */
  readonly unreachableSince: ReadonlySignal<number | null>;
  /** True when another tab holds this session and asks "in another tab: use here?". */
  readonly elsewhere: ReadonlySignal<boolean>;
  setName(name: string): void;
  join(): Promise<void>;
  leave(): void;
  rejoin(): Promise<void>;
  /** Tries at once what is being waited for (full, failed, resuming). */
  retry(): void;
  /** Takes the session over from the other tab. */
  useHere(): Promise<void>;
  setHand(up: boolean): void;
  readonly together: TogetherLater;
  /** Chat, requests, roles: null before it has come, as it does by itself after joining. */
  readonly company: ReadonlySignal<CompanyModel | null>;
  /** Null where no lock keeps one out. */
  readonly door: ReadonlySignal<Door | null>;
  /** Asks those inside to be let in, or (false) asks no more. */
  knock(on: boolean): void;
  /** While held, a muted microphone is open; released, it is muted again. */
  pushToTalk(held: boolean): void;
  dispose(): void;
}
