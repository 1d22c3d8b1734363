import { useState } from "preact/hooks";
import type { RecentCall } from "../../lib/call/names_model.ts";
import { Button } from "../Button.tsx";
import { Disc } from "../Disc.tsx";
import { Icon, type IconName } from "../Icon.tsx";
import type { Calling } from "../use_phone.ts";
import { useWords } from "../words.tsx";

/** As many as stand below the way into a room without a scroll. */
const SHOWN = 3;

/** Calls of before, in this browser only. */
export function Recent({ phone, colourOf }: Calling) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const { names } = phone;
  const calls = names.recent.value;
  const missed = names.missed.value;
  if (calls.length === 0) return null;
  return (
    <section
      class="recent"
      aria-labelledby="recent"
      onPointerMove={() => missed > 0 && names.seen()}
      onFocusCapture={() => missed > 0 && names.seen()}
    >
      <div class="recent-head">
        <h2 id="recent">{t("recent.title")}</h2>
        {missed > 0 && <span class="missed-count">{t("recent.missed", { count: missed })}</span>}
        {calls.length > SHOWN && (
          <Button
            size="small"
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {t(all ? "recent.fewer" : "recent.all")}
          </Button>
        )}
        {all && (
          <Button size="small" onClick={() => names.clearRecent()}>{t("recent.clear")}</Button>
        )}
      </div>
      <ul>
        {calls.slice(0, all ? calls.length : SHOWN).map((call) => (
          <li key={call.call} class="name-row">
            <Disc name={call.name} colour={colourOf(call.name)} />
            <p>
              <strong>{call.name}</strong>
              <small class={call.missed ? "missed" : ""}>
                <Icon name={iconOf(call)} />
                {t(outcomeOf(call))} · <Moment at={call.at} />
              </small>
            </p>
            <button
              type="button"
              class="icon-button"
              aria-label={t(
                call.kind === "watch" && !call.incoming ? "recent.watch" : "recent.call",
                {
                  name: call.name,
                },
              )}
              onClick={() =>
                void names.call(call.name, call.incoming ? "talk" : call.kind)}
            >
              <Icon name={call.kind === "watch" && !call.incoming ? "eye" : "video"} />
            </button>
          </li>
        ))}
      </ul>
      <p class="fine">{t("recent.here")}</p>
    </section>
  );
}

function iconOf({ missed, incoming }: RecentCall): IconName {
  if (missed) return "phone-missed";
  return incoming ? "phone-incoming" : "phone-outgoing";
}

function outcomeOf({ missed, incoming, end }: RecentCall) {
  if (missed) return "recent.in.missed";
  if (incoming) return end === "declined" ? "recent.in.declined" : "recent.in.accepted";
  switch (end) {
    case "accepted":
    case "declined":
    case "busy":
    case "cancelled":
      return `recent.out.${end}` as const;
    default:
      return "recent.out.unanswered";
  }
}

const DAY_MS = 86_400_000;

/** The time of today, the day of the last week, else the date. */
function Moment({ at }: { at: number }) {
  const { words } = useWords();
  const date = new Date(at);
  const midnight = new Date().setHours(0, 0, 0, 0);
  const form: Intl.DateTimeFormatOptions = at >= midnight
    ? { hour: "numeric", minute: "2-digit" }
    : at >= midnight - 6 * DAY_MS
    ? { weekday: "long" }
    : { day: "numeric", month: "short" };
  const text = new Intl.DateTimeFormat(words.lang, form).format(date);
  return <time dateTime={date.toISOString()}>{text}</time>;
}
