/** A call that was placed from this tab or rings in it, until it has ended or was accepted. */
import { type BootId, type CallId, mintId } from "../protocol/ids.ts";
import { RING_MS, TAB_KEPT_MS } from "../protocol/names_limits.ts";
import type { CallKind, NamesClientBody } from "../protocol/names_messages.ts";
import { recallCalling, rememberCalling } from "./calling_memory.ts";
import type { Agreement, NamesEnv } from "./names_ports.ts";
import type { Env, Undo } from "./ports.ts";

export type CallsEnv =
  & Pick<Env, "clock" | "random" | "tab" | "log">
  & { readonly names: Pick<NamesEnv, "agreements"> };

/** Asks for the devices; settles when that is done, whatever came of it. */
export type Prepare = (camera: boolean) => Promise<void>;

export interface AboutCall {
  /** Minted where it is placed here. */
  readonly call?: CallId;
  /** The other one's name. */
  readonly with: string;
  readonly kind: CallKind;
  readonly incoming: boolean;
  /** One's own. */
  readonly camera: boolean;
  /** Ms since 1970; now unless told. */
  readonly at?: number;
}

/** Nothing rings for longer, not even where the server is not heard any more. */
export const DEADLINE_MS = RING_MS + TAB_KEPT_MS;

export class HeldCall {
  readonly call: CallId;
  readonly with: string;
  readonly kind: CallKind;
  readonly incoming: boolean;
  readonly at: number;
  camera: boolean;
  /** `call` or `accept` was said, or is to be as soon as the name is held. */
  said = false;
  /** The life of the server that may know of it. */
  boot: BootId | null = null;
  readonly #env: CallsEnv;
  readonly #cancelDeadline: Undo;
  #agreement: Agreement | null = null;

  /** @param late runs when nobody has said for too long how it ended */
  constructor(env: CallsEnv, about: AboutCall, late: (held: HeldCall) => void) {
    const now = env.clock.now();
    this.#env = env;
    this.call = about.call ?? mintId<CallId>(env.random);
    this.with = about.with;
    this.kind = about.kind;
    this.incoming = about.incoming;
    this.camera = about.camera;
    this.at = about.at ?? now;
    const leftMs = Math.max(0, this.at + DEADLINE_MS - now);
    this.#cancelDeadline = env.clock.after(leftMs, () => late(this));
  }

  /** This page's half of the secret, once there is one. */
  get agreement(): Agreement | null {
    return this.#agreement;
  }

  /** Who only watches is not asked for devices. */
  get sends(): boolean {
    return this.kind === "talk" || this.incoming;
  }

  /** Makes one's own key for the call, and asks for the devices; false: there is no key. */
  async ready(prepare: Prepare): Promise<boolean> {
    const devices = this.sends ? prepare(this.camera).catch(() => {}) : null;
    try {
      this.#agreement = await this.#env.names.agreements.begin();
    } catch (error) {
      this.#env.log("warn", `no key for this call: ${error}`);
      return false;
    }
    await devices;
    return true;
  }

  /** What places or answers it; the tab keeps what it needs to go on after being loaded anew. */
  saying(): NamesClientBody {
    const { call, with: to, kind, camera, at, incoming } = this;
    const { publicKey: key, saved } = this.#agreement!;
    if (!this.said) {
      rememberCalling(this.#env.tab, { call, with: to, kind, at, incoming, camera, saved });
      this.said = true;
    }
    return incoming ? { type: "accept", call, key, camera } : { type: "call", call, to, kind, key };
  }

  /** It rings no more. */
  release(): void {
    this.#cancelDeadline();
    if (this.said) rememberCalling(this.#env.tab, null);
  }

  /** Lets go of it without forgetting: the page goes, and may come back. */
  dispose(): void {
    this.#cancelDeadline();
  }

  /** The call this tab was in the midst of when it was loaded anew; null: none, or too late. */
  static async restore(
    env: CallsEnv,
    late: (held: HeldCall) => void,
  ): Promise<HeldCall | null> {
    const kept = recallCalling(env.tab);
    if (kept === null) return null;
    const isLate = env.clock.now() - kept.at >= DEADLINE_MS;
    const agreement = isLate ? null : await env.names.agreements.restore(kept.saved);
    if (agreement === null) {
      rememberCalling(env.tab, null);
      return null;
    }
    const held = new HeldCall(env, kept, late);
    held.#agreement = agreement;
    held.said = true;
    return held;
  }
}
