/** A call that stands wherever a test or a picture wants it; its actions are noted, not done. */
import { type Signal, signal } from "@preact/signals-core";
import { callAtRest } from "../../lib/call/at_rest.ts";
import type { CallModel, MediaModel, Participant, TogetherModel } from "../../lib/call/model.ts";
import { asId, type SeatId } from "../../lib/protocol/ids.ts";

/** Every signal of `Model`, writable. */
type Open<Model> = {
  [Name in keyof Model]: Model[Name] extends { readonly value: infer Value } ? Signal<Value>
    : Model[Name];
};

/** Some of a model's signals, by their values. */
type Values<Model> = {
  [Name in keyof Model as Model[Name] extends { readonly value: unknown } ? Name : never]?:
    Model[Name] extends { readonly value: infer Value } ? Value : never;
};

export interface FakeCall extends Open<Omit<CallModel, "media">> {
  readonly media: Open<MediaModel>;
  /** What was asked of it, in order: `join`, `setHand true`, `camera off` … */
  readonly asked: string[];
}

function assign(model: object, values: object): void {
  for (const [name, value] of Object.entries(values)) {
    (model as Record<string, Signal<unknown>>)[name].value = value;
  }
}

/** Makes a call whose signals have these values, and those of one at rest otherwise. */
export function fakeCall(
  values: Values<CallModel> = {},
  media: Values<MediaModel> = {},
  together: TogetherModel | null = null,
): FakeCall {
  const asked: string[] = [];
  const note = (text: string) => () => void asked.push(text);
  const later = (text: string) => () => Promise.resolve(note(text)());
  const rest = callAtRest();
  const call = {
    ...rest,
    asked,
    media: {
      ...rest.media,
      ask: later("ask"),
      setMicrophone: (on: boolean) => later(`microphone ${on ? "on" : "off"}`)(),
      setCamera: (on: boolean) => later(`camera ${on ? "on" : "off"}`)(),
      choose: (kind: string, id: string) => later(`choose ${kind} ${id}`)(),
      setSound: (change: object) => later(`setSound ${JSON.stringify(change)}`)(),
      setResolution: (heightPixels: number) => later(`setResolution ${heightPixels}`)(),
      flip: later("flip"),
      setMirrored: (on: boolean) => note(`setMirrored ${on}`)(),
    },
    setName: (name: string) => note(`setName ${name}`)(),
    join: later("join"),
    leave: note("leave"),
    rejoin: later("rejoin"),
    retry: note("retry"),
    useHere: later("useHere"),
    together: {
      canShare: together !== null,
      model: signal(together),
      bring: () => Promise.resolve(together),
    },
    knock: (on: boolean) => note(`knock ${on}`)(),
    setHand: (up: boolean) => note(`setHand ${up}`)(),
    pushToTalk: (held: boolean) => note(`pushToTalk ${held}`)(),
  } as FakeCall;
  assign(call, values);
  assign(call.media, media);
  return call;
}

/** Somebody else at the table; connected, sound and picture on, unless told otherwise. */
export function fakePerson(
  name: string,
  colour: number,
  values: Values<Participant> = {},
): Participant {
  const person: Open<Participant> = {
    seat: asId<SeatId>(`seat-${name.toLowerCase()}`),
    name: signal(name),
    nameHeld: signal(false),
    colour: signal(colour),
    volume: signal(1),
    stream: signal(null),
    screen: signal(null),
    microphoneOn: signal(true),
    cameraOn: signal(true),
    hand: signal(false),
    speaking: signal(false),
    link: signal({ is: "connected" }),
    weak: signal(false),
    relayed: signal(false),
  };
  assign(person, values);
  return person;
}
