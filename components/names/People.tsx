import { useEffect, useRef, useState } from "preact/hooks";
import type { PersonHere } from "../../lib/call/names_model.ts";
import { Button } from "../Button.tsx";
import { Icon } from "../Icon.tsx";
import { Switch } from "../Switch.tsx";
import type { Calling } from "../use_phone.ts";
import { useWords } from "../words.tsx";
import { Me } from "./Me.tsx";
import { PeopleRows } from "./PeopleRows.tsx";
import { PeopleTable } from "./PeopleTable.tsx";

/** As many have a seat at the table of home. */
const SEATED = 8;
/** The server's answer takes a moment; longer than this, something is wrong. */
const PATIENCE_MS = 3000;
const WIDE = "(min-width: 1060px) and (min-height: 560px)";

/** How somebody who is there is shown: as one to be called by a press. */
export interface Callable extends PersonHere {
  readonly colour: number;
  /** Not what is looked for. */
  readonly dim: boolean;
  /** Says what a press does, in full and in a word. */
  readonly action: string;
  readonly word: string;
  readonly onCall: () => void;
}

/** Who is there, by name: at the table where there is room, else in rows. */
export function People({ phone, colourOf, name, greet }: Calling & {
  /** One's own. */
  name: string;
  /** The name was just taken: the focus goes on from where it was written. */
  greet: boolean;
}) {
  const { t } = useWords();
  const { names } = phone;
  const [find, setFind] = useState("");
  const [watching, setWatching] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const wide = useMedia(WIDE);
  const section = useRef<HTMLElement>(null);
  const kind = watching ? "watch" : "talk";
  const there = names.people.value;
  const isLooking = there === null;
  const [isLate, setLate] = useState(false);
  const everybody: Callable[] = (there ?? []).map((person) => ({
    ...person,
    colour: colourOf(person.name),
    dim: !bare(person.name).includes(bare(find)),
    action: t(watching ? "here.watchOne" : "here.call", { name: person.name }),
    word: t(watching ? "here.watchWord" : "here.callWord"),
    onCall: () => void names.call(person.name, kind),
  }));
  const found = everybody.filter(({ dim }) => !dim);
  const typed = find.trim();
  const unknown = typed !== "" && found.length === 0;
  const own = {
    name,
    colour: colourOf(name),
    line: t(names.dnd.value ? "reach.dnd" : names.listed.value ? "here.you" : "here.unlisted"),
    action: t("me.open", { name }),
    onPress: () => setOpen(true),
  };

  useEffect(() => {
    if (greet) section.current?.querySelector("h2")?.focus();
  }, []);
  useEffect(() => {
    setLate(false);
    if (!isLooking) return;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isLooking]);

  const search = (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        section.current?.querySelector<HTMLElement>("[data-found]")?.focus();
      }}
    >
      <Icon name="search" />
      <input
        type="search"
        aria-label={t("here.find")}
        placeholder={t("here.find")}
        autocomplete="off"
        value={find}
        onInput={({ currentTarget }) => setFind(currentTarget.value)}
      />
    </form>
  );
  const notListed = unknown && (
    <Button
      size="small"
      icon={watching ? "eye" : "video"}
      data-found
      onClick={() => void names.call(typed, kind)}
    >
      {t(watching ? "here.watchOne" : "here.call", { name: typed })}
    </Button>
  );
  const headline = isLooking
    ? isLate ? "failed.unreachable" : "here.looking"
    : unknown
    ? "here.unknown"
    : everybody.length === 0
    ? "here.nobody"
    : "here.who";
  const inside = { search, notListed, headline: t(headline), own };
  return (
    <section class="callable" ref={section} aria-label={t("here.title")}>
      {wide && everybody.length <= SEATED
        ? <PeopleTable {...inside} people={everybody} />
        : <PeopleRows {...inside} people={found} />}
      <div class="people-foot">
        <Switch
          label={t("here.watch")}
          hint={t("here.watchHint")}
          on={watching}
          onChange={setWatching}
        />
        <p class="fine">{t("here.reachable")}</p>
      </div>
      {isOpen && <Me names={names} name={name} onClose={() => setOpen(false)} />}
    </section>
  );
}

/** As it is looked for: without case and accents. */
function bare(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase().trim();
}

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const follow = () => setMatches(list.matches);
    list.addEventListener("change", follow);
    return () => list.removeEventListener("change", follow);
  }, [query]);
  return matches;
}
