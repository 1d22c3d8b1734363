/** A name and calls that stand wherever a test or a picture wants them; actions are noted. */
import { type Signal, signal } from "@preact/signals-core";
import type { NamesModel } from "../../lib/call/names_model.ts";
import type { PhoneModel } from "../../lib/call/phone.ts";
import { FakeRoom } from "./fake_link.ts";

type Values = {
  [Name in keyof NamesModel as NamesModel[Name] extends { readonly value: unknown } ? Name : never]:
    NamesModel[Name] extends { readonly value: infer Value } ? Value : never;
};

export type FakeNames =
  & Omit<NamesModel, keyof Values>
  & { readonly [Name in keyof Values]: Signal<Values[Name]> }
  & {
    /** What was asked of it, in order: `take Ana`, `call Ben talk` … */
    readonly asked: string[];
  };

const NOBODY: Values = {
  me: { is: "none" },
  listed: true,
  dnd: false,
  people: null,
  outgoing: null,
  incoming: null,
  talk: null,
  recent: [],
  missed: 0,
};

/** Names whose signals have these values, and those of who has none otherwise. */
export function fakeNames(values: Partial<Values> = {}): FakeNames {
  const asked: string[] = [];
  const note = (text: string) => void asked.push(text);
  const later = (text: string) => Promise.resolve(note(text));
  const all = { ...NOBODY, ...values };
  const signals = Object.fromEntries(
    Object.entries(all).map(([name, value]) => [name, signal<unknown>(value)]),
  ) as unknown as { readonly [Name in keyof Values]: Signal<Values[Name]> };
  return {
    ...signals,
    asked,
    take: (name) => later(`take ${name}`),
    forget: () => later("forget"),
    setListed: (on) => note(`listed ${on}`),
    setDnd: (on) => note(`dnd ${on}`),
    call: (name, kind = "talk") => later(`call ${name} ${kind}`),
    cancel: () => note("cancel"),
    dismiss: () => note("dismiss"),
    accept: (camera = true) => later(`accept ${camera}`),
    decline: () => note("decline"),
    hangUp: () => note("hangUp"),
    seen: () => note("seen"),
    clearRecent: () => note("clearRecent"),
    dispose: () => note("dispose"),
  };
}

/** A page's phone with them, and with a link to a room of its own. */
export function fakePhone(
  names: NamesModel,
  media: PhoneModel["media"] = signal(null),
): PhoneModel {
  return {
    names,
    media,
    link: new FakeRoom().connect(),
    enter: ({ sends }) => ({ media: null, sends }),
    wills: () => ({ microphone: true, camera: true }),
    dispose: () => names.dispose(),
  };
}
