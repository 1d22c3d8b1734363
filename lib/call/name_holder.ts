/**
 * Holding a name: asks for it, proves the key on every new socket, keeps it, and gives it back.
 */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import { parseName, proofText } from "../protocol/names.ts";
import type {
  NamesClientBody,
  NamesError,
  NamesServerMessage,
} from "../protocol/names_messages.ts";
import type { OwnName } from "./names_model.ts";
import type { NameKey, NamesEnv } from "./names_ports.ts";
import { keepName, type KeptName, recallName } from "./own_name_memory.ts";
import * as person from "./person.ts";
import type { Env, Undo } from "./ports.ts";

export type HolderEnv = Pick<Env, "clock" | "browser" | "log"> & { readonly names: NamesEnv };

export interface HolderOwner {
  say(body: NamesClientBody): void;
  /** The name is held on this socket. */
  held(): void;
  /** It is held no more. */
  unheld(): void;
}

/** A proof that came too late, or a question too many, is tried again after this. */
const AGAIN_MS = 2_000;

const FRESH: KeptName = { name: "", claim: null, listed: true, dnd: false };

export class NameHolder {
  readonly #env: HolderEnv;
  readonly #owner: HolderOwner;
  readonly #me = signal<OwnName>({ is: "none" });
  readonly #listed = signal(true);
  readonly #dnd = signal(false);
  /** The name that is asked for or held; null: none. */
  #wanted: string | null;
  #key: NameKey | null = null;
  #session: string | null = null;
  #cancelAgain: Undo | null = null;
  #disposed = false;
  #isHeld = false;
  /** The name is to be given back once it is held. */
  #forgets = false;

  readonly me: ReadonlySignal<OwnName> = this.#me;
  readonly listed: ReadonlySignal<boolean> = this.#listed;
  readonly dnd: ReadonlySignal<boolean> = this.#dnd;

  constructor(env: HolderEnv, owner: HolderOwner) {
    this.#env = env;
    this.#owner = owner;
    const kept = recallName(env.browser);
    this.#wanted = kept?.name ?? null;
    this.#listed.value = kept?.listed ?? true;
    this.#dnd.value = kept?.dnd ?? false;
    if (kept !== null) this.#me.value = { is: "asking", name: kept.name };
  }

  /** Takes a name, with the key this browser has or a new one. */
  async take(typed: string): Promise<void> {
    const parsed = parseName(typed);
    if (!parsed.ok) return this.#refused(typed, parsed.why);
    const { name } = parsed;
    this.#wanted = name;
    this.#forgets = false;
    this.#me.value = { is: "asking", name };
    const { keys } = this.#env.names;
    try {
      this.#key = await keys.load() ?? await keys.create();
    } catch (error) {
      this.#env.log("warn", `no key can be kept: ${error}`);
      this.#wanted = recallName(this.#env.browser)?.name ?? null;
      return this.#refused(name, "unsupported");
    }
    this.#register();
  }

  /** Gives the name back; while the server does not answer, as soon as it does. */
  async forget(): Promise<void> {
    if (!this.#isHeld && this.#wanted !== null) {
      this.#forgets = true;
      return;
    }
    this.#owner.say({ type: "forget" });
    this.#letGo();
    this.#key = null;
    await this.#env.names.keys.forget();
  }

  setListed(on: boolean): void {
    this.#listed.value = on;
    this.#sayReach();
  }

  setDnd(on: boolean): void {
    this.#dnd.value = on;
    this.#sayReach();
  }

  /** Whether there is a name on the present socket; not another one that is asked for. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** A new socket: the name is asked for again. */
  welcomed(session: string): void {
    this.#session = session;
    this.#register();
  }

  /** The socket is gone. */
  lost(): void {
    this.#session = null;
    this.#isHeld = false;
    if (this.#me.peek().is === "held") this.#me.value = { is: "asking", name: this.#wanted! };
  }

  hear(message: NamesServerMessage): void {
    switch (message.type) {
      case "challenge":
        return void this.#prove(message.nonce);
      case "registered":
        return this.#registered(message.name, message.claim);
      case "unnamed":
        return this.#unnamed(message.why);
      case "names-error":
        if (message.re === "register" || message.re === "prove") this.#failed(message);
    }
  }

  /** Asks once more, later: it was too much, or too late. */
  again(): void {
    this.#cancelAgain?.();
    this.#cancelAgain = this.#env.clock.after(AGAIN_MS, () => this.#register());
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancelAgain?.();
  }

  async #register(): Promise<void> {
    const name = this.#wanted;
    if (name === null || this.#session === null) return;
    try {
      this.#key ??= await this.#env.names.keys.load();
    } catch (error) {
      this.#env.log("warn", `the key cannot be read: ${error}`);
    }
    if (this.#wanted !== name || this.#session === null || this.#disposed) return;
    const kept = recallName(this.#env.browser);
    if (this.#key === null) {
      // The browser's data were cleared, but for this: the name is somebody's, and not ours any more.
      if (kept?.name === name) this.#letGo();
      return; // else it is being taken, and its key is being made
    }
    const claim = kept?.name === name ? kept.claim : null;
    if (kept !== null) { // another tab may have changed them
      this.#listed.value = kept.listed;
      this.#dnd.value = kept.dnd;
    }
    this.#owner.say({
      type: "register",
      name,
      key: this.#key.publicKey,
      ...(claim === null ? {} : { claim }),
      listed: this.#listed.peek(),
      dnd: this.#dnd.peek(),
    });
  }

  async #prove(nonce: string): Promise<void> {
    const [name, session, key] = [this.#wanted, this.#session, this.#key];
    const parsed = parseName(name ?? "");
    if (!parsed.ok || session === null || key === null) return;
    const { origin } = this.#env.names;
    const text = proofText({ origin, session, nonce, name: parsed.folded, key: key.publicKey });
    const signature = await key.sign(text);
    if (session === this.#session) this.#owner.say({ type: "prove", signature });
  }

  #registered(name: string, claim: string): void {
    this.#wanted = name;
    this.#keep({ name, claim });
    person.rememberName(this.#env, name);
    this.#me.value = { is: "held", name };
    this.#isHeld = true;
    if (this.#forgets) return void this.forget();
    this.#owner.held();
  }

  /** Another tab gave it back, perhaps for another name; or its earlier owner came. */
  #unnamed(why: "forgotten" | "claimed"): void {
    if (!this.#isHeld) return; // it was this tab that gave it back
    this.#isHeld = false;
    const name = this.#wanted;
    const kept = recallName(this.#env.browser);
    if (why === "forgotten" && kept !== null && kept.name !== name) {
      this.#wanted = kept.name;
      this.#me.value = { is: "asking", name: kept.name };
      this.#owner.unheld();
      return void this.#register();
    }
    this.#letGo();
    if (why === "claimed" && name !== null) this.#refused(name, "taken");
  }

  #failed({ code, suggestion }: NamesError): void {
    const name = this.#wanted;
    if (name === null) return;
    if (code === "bad-proof") return this.again();
    const kept = recallName(this.#env.browser);
    // Of the one we had there is nothing left; one we would have liked leaves us with the old one.
    if (kept?.name === name) this.#letGo();
    this.#wanted = kept === null || kept.name === name ? null : kept.name;
    this.#refused(name, code === "name-taken" ? "taken" : "bad-characters", suggestion);
  }

  #refused(
    name: string,
    why: Extract<OwnName, { is: "refused" }>["why"],
    suggestion: string | null = null,
  ): void {
    this.#me.value = { is: "refused", name, why, suggestion };
  }

  #letGo(): void {
    this.#forgets = false;
    this.#wanted = null;
    this.#isHeld = false;
    keepName(this.#env.browser, null);
    this.#me.value = { is: "none" };
    this.#owner.unheld();
  }

  #sayReach(): void {
    this.#keep({});
    const [listed, dnd] = [this.#listed.peek(), this.#dnd.peek()];
    if (this.#isHeld) this.#owner.say({ type: "reach", listed, dnd });
  }

  #keep(change: Partial<KeptName>): void {
    const kept = recallName(this.#env.browser);
    if (kept === null && change.name === undefined) return;
    const [listed, dnd] = [this.#listed.peek(), this.#dnd.peek()];
    keepName(this.#env.browser, { ...FRESH, ...kept, ...change, listed, dnd });
  }
}
