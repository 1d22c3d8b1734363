import { useId } from "preact/hooks";
import { Button } from "../Button.tsx";
import { Disc } from "../Disc.tsx";
import { Icon } from "../Icon.tsx";
import { useWords } from "../words.tsx";
import type { Callable } from "./People.tsx";
import type { Shown } from "./PeopleTable.tsx";
import { REACH_ICONS } from "./reach.ts";

/** Everybody who is there in rows, where the table has no room. */
export function PeopleRows({ people, own, headline, search, notListed }: Shown) {
  const { t } = useWords();
  return (
    <div class="people-rows">
      <div class="people-head">
        <h2 tabIndex={-1}>{t("here.title")}</h2>
        <button type="button" class="own-name" onClick={own.onPress}>
          <span class="sr-only">{own.action}</span>
          <Disc {...own} />
          <strong aria-hidden="true">{own.name}</strong>
          <small aria-hidden="true">{own.line}</small>
        </button>
      </div>
      {search}
      {people.length === 0 && <p class="soft-text">{headline}</p>}
      {notListed}
      <ul>{people.map((person) => <Row key={person.name} person={person} />)}</ul>
    </div>
  );
}

function Row({ person }: { person: Callable }) {
  const { t } = useWords();
  const id = useId();
  const { name, reach, action } = person;
  return (
    <li class="name-row">
      <Disc {...person} />
      <p>
        <strong>{name}</strong>
        <small id={id}>
          <Icon name={REACH_ICONS[reach]} />
          {t(`reach.${reach}`)}
        </small>
      </p>
      <Button
        size="small"
        icon="video"
        aria-label={action}
        aria-describedby={id}
        data-found
        onClick={person.onCall}
      >
        {person.word}
      </Button>
    </li>
  );
}
