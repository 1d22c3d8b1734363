/**
 * What a page needs to call and be called by name: the name, the page's link, and the devices of a
 * call that is on its way. The room's call takes the link and the devices over.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals-core";
import { rememberedWill, rememberWill } from "./devices.ts";
import type { Entering } from "./entering.ts";
import type { SignalingLink } from "./link.ts";
import { Media } from "./media.ts";
import type { MediaModel } from "./model.ts";
import type { NamesModel, Talk } from "./names_model.ts";
import type { Env, Undo } from "./ports.ts";

/** What views and pages may know of it. */
export interface PhoneModel {
  readonly names: NamesModel;
  readonly link: SignalingLink;
  /** The devices of the call on its way; null: none were asked for. */
  readonly media: ReadonlySignal<MediaModel | null>;
  /** What a call would begin with, if the browser allows it. */
  wills(): Readonly<Record<"microphone" | "camera", boolean>>;
  /** How to go into the room of an accepted call; its devices are the room's from then on. */
  enter(talk: Pick<Talk, "sends">): Entering;
  dispose(): void;
}

/** Asks for the devices of a call; see `NamesOptions`. */
export type Prepare = (camera: boolean) => Promise<void>;

/** Between an accepted call and its room a secret is agreed on; so long the devices are kept. */
export const KEPT_MS = 1_000;
/** A browser's question nobody answers: the call goes on, and one is seen once it is allowed. */
export const ASKING_PATIENCE_MS = 15_000;

export class Phone implements PhoneModel {
  readonly #env: Env;
  readonly #media = signal<Media | null>(null);
  readonly #unfollow: Undo;
  #cancel: Undo = () => {};
  /** Answered without a camera that is on otherwise, and will be again. */
  #without = false;

  readonly names: NamesModel;
  readonly link: SignalingLink;
  readonly media: ReadonlySignal<MediaModel | null> = this.#media;

  /** @param open makes the names on this page's link, which stays its owner's */
  constructor(env: Env, link: SignalingLink, open: (prepare: Prepare) => NamesModel) {
    this.#env = env;
    this.link = link;
    this.names = open((camera) => this.#prepare(camera));
    const { outgoing, incoming, talk } = this.names;
    this.#unfollow = effect(() => {
      const placed = outgoing.value !== null && outgoing.value.stage.is !== "over";
      const needed = placed || incoming.value?.answering || talk.value?.over === false;
      this.#cancel();
      if (!needed) this.#cancel = env.clock.after(KEPT_MS, () => this.#letGo());
    });
  }

  wills(): Readonly<Record<"microphone" | "camera", boolean>> {
    const { tab } = this.#env;
    return { microphone: rememberedWill(tab, "microphone"), camera: rememberedWill(tab, "camera") };
  }

  enter({ sends }: Pick<Talk, "sends">): Entering {
    const media = this.#media.peek();
    this.#media.value = null;
    if (!sends) media?.dispose();
    return { media: sends ? media : null, sends };
  }

  dispose(): void {
    this.#unfollow();
    this.#cancel();
    this.#media.peek()?.dispose();
    this.names.dispose();
  }

  async #prepare(camera: boolean): Promise<void> {
    const media = this.#media.peek() ?? new Media(this.#env);
    this.#media.value = media;
    if (!camera && this.wills().camera) {
      this.#without = true;
      await media.setCamera(false);
    }
    const { clock } = this.#env;
    let cancel: Undo = () => {};
    const patience = new Promise<void>((done) => cancel = clock.after(ASKING_PATIENCE_MS, done));
    await Promise.race([media.askOnce(), patience]);
    cancel();
  }

  /** No call is on its way: the devices' lights go out. */
  #letGo(): void {
    this.#media.peek()?.dispose();
    this.#media.value = null;
    if (this.#without) rememberWill(this.#env.tab, "camera", true);
    this.#without = false;
  }
}
