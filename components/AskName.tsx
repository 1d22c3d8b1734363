import { useRef } from "preact/hooks";
import type { OwnName } from "../lib/call/names_model.ts";
import { Button } from "./Button.tsx";
import { Field } from "./Field.tsx";
import { seatOthers } from "./seating.ts";
import { Table } from "./Table.tsx";
import { useWords } from "./words.tsx";

const CHAIRS = seatOthers([], 6);

/** The table as it asks for a name; it is all that home needs of names at first. */
export function AskName({ me, disabled, broken, onTake }: {
  me: OwnName;
  /** A call is on its way, or the page does not work yet. */
  disabled: boolean;
  /** What takes a name did not load. */
  broken: boolean;
  onTake: (name: string) => void;
}) {
  const { t } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const busy = me.is === "asking";

  function take(event: Event) {
    event.preventDefault();
    if (!busy) onTake(field.current!.value);
    field.current!.focus();
  }

  return (
    <Table size="home" chairs={CHAIRS} yourLabel={t("home.seat")}>
      <form class="table-words ask" onSubmit={take} noValidate>
        <strong>{t("name.seat")}</strong>
        <span>{t("name.why")}</span>
        <Field
          label={t("lobby.yourName")}
          name="nickname"
          autocomplete="nickname"
          enterkeyhint="go"
          disabled={disabled}
          error={broken ? t("name.loading") : me.is === "refused" ? refusal(me, t) : null}
          inputRef={field}
        >
          <Button
            kind="primary"
            type="submit"
            icon="arrow-right"
            busy={busy}
            aria-label={t("name.take")}
          />
        </Field>
        {me.is === "refused" && me.suggestion !== null && (
          <Suggestion name={me.suggestion} onTake={onTake} />
        )}
      </form>
    </Table>
  );
}

/** A free name like the one that is taken. */
export function Suggestion({ name, onTake }: { name: string; onTake: (name: string) => void }) {
  const { t } = useWords();
  return <Button size="small" onClick={() => onTake(name)}>{t("name.suggestion", { name })}
  </Button>;
}

/** What is wrong with a name, in words. */
export function refusal(
  { why, name }: Extract<OwnName, { is: "refused" }>,
  t: ReturnType<typeof useWords>["t"],
): string {
  return t(`name.${why}`, { name });
}

/** The same table for somebody whose name is known, while the rest of it comes. */
export function ExpectName({ name }: { name: string }) {
  const { t } = useWords();
  return (
    <Table size="home" chairs={CHAIRS} lit yourLabel={name}>
      <p class="table-words">
        <strong>{t("here.looking")}</strong>
      </p>
    </Table>
  );
}
