import type { CallModel } from "../../lib/call/model.ts";
import type { Translator } from "../../lib/i18n/translate.ts";
import { Button, ButtonLink } from "../Button.tsx";
import type { GoHome } from "../Header.tsx";
import { seatOthers } from "../seating.ts";
import { Table } from "../Table.tsx";
import type { TalkHere } from "../talk_place.ts";
import { useWords } from "../words.tsx";
import type { SitterOf } from "./Lobby.tsx";
import { Message } from "./Message.tsx";

const MINUTE_MS = 60_000;

/** After the call: how long it was, who still sits there, the way back. */
export function Ended(
  { call, talk, sitters, onHome }: {
    call: CallModel;
    talk?: TalkHere | null;
    sitters: SitterOf;
    onHome?: GoHome;
  },
) {
  const words = useWords();
  const { t, list } = words;
  if (talk) return <HungUp call={call} talk={talk} onHome={onHome} />;
  const names = call.inside.value?.names ?? [];
  const capacity = call.inside.value?.capacity ?? call.capacity.value;
  const others = sitters(names);
  // Somebody may have taken the chair one got up from.
  const chairs = others.length < capacity ? seatOthers(others, capacity) : others;
  return (
    <Message
      title={t("ended.title")}
      place="below"
      table={<Table size="message" chairs={chairs} />}
      onHome={onHome}
    >
      <p class="lead">
        {talked(call.lastedMs.value, words)}
        {names.length > 0 && (
          <>
            <br />
            {t("ended.still", { names: list(names), count: names.length })}
          </>
        )}
      </p>
      <div class="actions">
        <Button
          kind="primary"
          size="big"
          icon="rotate-ccw"
          busy={call.phase.value === "joining"}
          onClick={() => void call.rejoin()}
        >
          {t("ended.rejoin")}
        </Button>
        <ButtonLink size="big" href="/" onClick={onHome}>{t("home")}</ButtonLink>
      </div>
    </Message>
  );
}

/** After a call by name: who ended it, and calling once more. */
function HungUp({ call, talk, onHome }: { call: CallModel; talk: TalkHere; onHome?: GoHome }) {
  const words = useWords();
  const { t } = words;
  const name = talk.with;
  return (
    <Message
      title={t(talk.over === "mine" ? "ended.title" : "ended.theyHungUp", { name })}
      place="below"
      table={<Table size="message" chairs={[null, null]} />}
      onHome={onHome}
    >
      <p class="lead">
        {t(talk.over === "mine" ? "ended.youHungUp" : "ended.over", { name })}{" "}
        {talk.kind === "talk" && talked(call.lastedMs.value, words)}
      </p>
      <div class="actions">
        {talk.again && (
          <Button kind="primary" size="big" icon="video" onClick={talk.again}>
            {t("calls.again")}
          </Button>
        )}
        <ButtonLink size="big" href="/" onClick={onHome}>{t("home")}</ButtonLink>
      </div>
    </Message>
  );
}

function talked(lastedMs: number, { t }: Translator): string {
  const minutes = Math.round(lastedMs / MINUTE_MS);
  if (minutes < 1) return t("ended.short");
  if (minutes < 60) return t("ended.talked", { count: minutes });
  return t("ended.long", { count: Math.floor(minutes / 60), minutes: minutes % 60 });
}
