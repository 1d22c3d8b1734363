import { useEffect, useMemo, useState } from "preact/hooks";
import type { CallModel, Inside } from "../../lib/call/model.ts";
import { Suggestion } from "../AskName.tsx";
import { Button } from "../Button.tsx";
import { DevicePickers } from "../DevicePickers.tsx";
import { Field } from "../Field.tsx";
import { type GoHome, Header } from "../Header.tsx";
import { Icon } from "../Icon.tsx";
import { MicMeter } from "../MicMeter.tsx";
import { Preview } from "../Preview.tsx";
import type { RoomPlace } from "../room_place.ts";
import { seatOthers, type Sitter } from "../seating.ts";
import { Table } from "../Table.tsx";
import { type FetchExtras, useExtras } from "../use_extras.ts";
import { useKeyboard } from "../use_keyboard.ts";
import type { Shortcuts } from "../use_keys.ts";
import { useWords } from "../words.tsx";

/** Colours for names, unique where possible: `lib/call/colours.ts` is one. */
export type SitterOf = (names: readonly string[]) => Sitter[];

interface Props {
  call: CallModel;
  room: RoomPlace;
  sitters: SitterOf;
  shortcuts: Shortcuts;
  fetchExtras: FetchExtras;
  onHome?: GoHome;
}

/** Before the call: how one looks and sounds, who is inside, what one is called. */
export function Lobby({ call, room, sitters, shortcuts, fetchExtras, onHome }: Props) {
  const { t } = useWords();
  const title = room.isPrivate ? t("lobby.private") : room.name;
  const insecure = isInsecure(call);
  const [settings, setSettings] = useState(false);
  const [extras] = useExtras(fetchExtras, settings || insecure);
  const asked = !insecure &&
    (call.media.microphone.value.is !== "idle" || call.media.camera.value.is !== "idle");
  return (
    <>
      <Header room={title} onHome={onHome} onSettings={() => setSettings(true)} />
      {settings && extras && (
        <extras.LobbySettings
          call={call}
          shortcuts={shortcuts}
          onClose={() => setSettings(false)}
        />
      )}
      <div class="lobby">
        <div class="lobby-picture">
          <Preview
            call={call}
            blocked={insecure
              ? { icon: "video-off", words: t("insecure.picture"), hint: t("insecure.join") }
              : undefined}
          />
          {asked && <MicMeter media={call.media} />}
          {insecure ? extras && <extras.Insecure /> : <Troubles call={call} />}
          {asked && <DevicePickers media={call.media} />}
        </div>
        <div class="lobby-words">
          <p class="eyebrow">{t("lobby.eyebrow")}</p>
          <h1 tabIndex={-1}>{title}</h1>
          <WhoIsInside call={call} room={room} sitters={sitters} />
          <JoinForm call={call} />
        </div>
      </div>
    </>
  );
}

/** One's name and the way in. */
export function JoinForm(
  { call, kind = "primary", onRetry }: {
    call: CallModel;
    kind?: "primary" | "quiet";
    /** Asks for the devices again, where that is the first thing to do. */
    onRetry?: () => void;
  },
) {
  const { t } = useWords();
  const busy = call.phase.value === "joining";
  const free = call.nameTaken.value;
  const name = call.name.value;
  const [refused, setRefused] = useState(name);
  useEffect(() => setRefused(call.name.peek()), [free]);
  const isTaken = free !== null && refused === name;
  useKeyboard();
  return (
    <form
      class="join"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void call.join();
      }}
    >
      <Field
        label={t("lobby.yourName")}
        name="name"
        autocomplete="nickname"
        maxLength={32}
        enterkeyhint="go"
        value={name}
        hint={name === "" ? t("lobby.nameHint") : undefined}
        error={isTaken ? t("name.taken", { name }) : null}
        onInput={({ currentTarget }) => call.setName(currentTarget.value)}
      />
      {isTaken && free !== "" && <Suggestion name={free} onTake={(other) => call.setName(other)} />}
      <div class="actions sticky">
        {onRetry && <Button kind="primary" size="big" onClick={onRetry}>{t("retry.again")}</Button>}
        <Button type="submit" kind={kind} size="big" busy={busy}>{t("lobby.join")}</Button>
      </div>
    </form>
  );
}

function isInsecure({ media }: CallModel): boolean {
  const camera = media.camera.value;
  return camera.is === "failed" && camera.why === "insecure";
}

/** Devices that give nothing for another reason than a refusal, and what to do. */
function Troubles({ call }: { call: CallModel }) {
  const { t } = useWords();
  const lines = (["camera", "microphone"] as const).flatMap((kind) => {
    const state = call.media[kind].value;
    if (state.is !== "failed" || state.why === "insecure") return [];
    return [{ kind, text: t(`device.${kind}.${state.why}`) }];
  });
  if (lines.length === 0) return null;
  return (
    <ul class="troubles">
      {lines.map(({ kind, text }) => (
        <li class="box bad" key={kind}>
          <Icon name={kind === "camera" ? "video-off" : "mic-off"} />
          {text}
        </li>
      ))}
    </ul>
  );
}

/** The table as it stands, and the same in a sentence; by a typed name nobody looks in. */
function WhoIsInside({ call, room, sitters }: Pick<Props, "call" | "room" | "sitters">) {
  const inside = call.inside.value;
  const isOurs = room.capacity !== undefined && (inside === null || inside.count === 0);
  const capacity = isOurs ? room.capacity! : inside?.capacity ?? call.capacity.value;
  const others = useMemo(() => room.isPrivate ? sitters(inside?.names ?? []) : [], [inside]);
  const [first, second] = useSentences(inside, room);
  return (
    <div class="who">
      <Table size="lobby" chairs={seatOthers(others, capacity)} lit />
      <p>
        <strong>{first}</strong> <span>{second}</span>
      </p>
    </div>
  );
}

function useSentences(inside: Inside | null, room: RoomPlace): [string, string] {
  const { t, list } = useWords();
  if (!room.isPrivate) return [t("lobby.namedRoom"), t("lobby.namedInside")];
  if (inside === null) return [t("lobby.seatFree"), t("lobby.asking")];
  if (inside.count === 0) return [t("lobby.nobody"), t("lobby.first")];
  const unnamed = inside.count - inside.names.length;
  const names = unnamed > 0
    ? [...inside.names, t("lobby.others", { count: unnamed })]
    : inside.names;
  return [
    t("lobby.inside", { names: list(names), count: inside.count }),
    t(inside.count < inside.capacity ? "lobby.seatFree" : "lobby.seatNone"),
  ];
}
