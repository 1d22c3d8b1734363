import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Disc } from "../Disc.tsx";
import { Icon } from "../Icon.tsx";
import { Veins } from "../Table.tsx";
import { useWords } from "../words.tsx";
import type { Callable } from "./People.tsx";
import { REACH_ICONS } from "./reach.ts";

/** Oneself, as the others see one. */
export interface Own {
  readonly name: string;
  readonly colour: number;
  readonly line: string;
  readonly action: string;
  readonly onPress: () => void;
}

export interface Shown {
  readonly people: readonly Callable[];
  readonly own: Own;
  readonly headline: string;
  readonly search: ComponentChildren;
  readonly notListed: ComponentChildren;
}

/** Chairs there are at least. */
const CHAIRS = 6;

/** Everybody who is there, round the table; oneself at the bottom. */
export function PeopleTable({ people, own, headline, search, notListed }: Shown) {
  const count = Math.max(CHAIRS, people.length + 1);
  const first = Math.max(1, Math.floor(count / 2 - (people.length - 1) / 2));
  return (
    <div class="table-box table-home">
      <ul class={`table seats-${count}`}>
        <li class="table-top">
          <Veins />
          <div class="table-words">
            <h2 tabIndex={-1}>{headline}</h2>
            {search}
            {notListed}
          </div>
        </li>
        <li class="seat taken lit">
          <span class="chair" aria-hidden="true" />
          <button type="button" class="sitter" onClick={own.onPress}>
            <span class="sr-only">{own.action}</span>
            <Disc {...own} />
            <span class="sitter-words" aria-hidden="true">
              <strong>{own.name}</strong>
              <small>{own.line}</small>
            </span>
          </button>
        </li>
        {Array.from({ length: count - 1 }, (_, at) => {
          const person = people[at + 1 - first];
          return person
            ? <Seat key={person.name} person={person} isAbove={isAbove(at + 1, count)} />
            : (
              <li key={at} class="seat free" aria-hidden="true">
                <span class="chair" />
                <span class="rush" />
              </li>
            );
        })}
      </ul>
    </div>
  );
}

function Seat({ person, isAbove }: { person: Callable; isAbove: boolean }) {
  const { t } = useWords();
  const id = useId();
  const { name, reach, action, dim } = person;
  return (
    <li class={`seat taken${dim ? " dim" : ""}`}>
      <span class="chair" aria-hidden="true" />
      <button
        type="button"
        class={`sitter ${isAbove ? "above" : "below"} ${reach}`}
        aria-describedby={id}
        data-found={dim ? undefined : true}
        onClick={person.onCall}
      >
        <span class="sr-only">{action}</span>
        <Disc {...person} />
        <span class="reach">
          <Icon name={REACH_ICONS[reach]} />
        </span>
        <span class="sitter-words" aria-hidden="true">
          <strong>{name}</strong>
          <small id={id}>{t(`reach.${reach}`)}</small>
        </span>
        <span class="sitter-action" aria-hidden="true">
          <Icon name="video" />
          {action}
        </span>
      </button>
    </li>
  );
}

/** Whether words stand above a chair: those of the upper half, so that they never cover the top. */
function isAbove(seat: number, count: number): boolean {
  return Math.sin((seat / count * 360 + 90) * Math.PI / 180) < -0.3;
}
