import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import type { RoomNameFault } from "../../lib/protocol/room_name.ts";
import { Button } from "../Button.tsx";
import { Field } from "../Field.tsx";
import { Header } from "../Header.tsx";
import { Switch } from "../Switch.tsx";
import { useWords } from "../words.tsx";

interface Props {
  /** Opens a room nobody can guess, for two or for as many as the server lets in. */
  onNewCall: (justTwo: boolean) => void;
  /** Opens a room by its name; says what is wrong with the name, or null. */
  onJoin: (name: string) => RoomNameFault | null;
  /** Somebody is about to do either. */
  onIntent: () => void;
  /** The call is on its way. */
  busy: boolean;
  /** It did not arrive. */
  broken: boolean;
  /** The table: it asks for a name, or shows who is there by theirs. */
  table: ComponentChildren;
  /** Calls of before. */
  recent?: ComponentChildren;
}

/** Name a room or take a fresh one; take a name, or call somebody by theirs. */
export function Home({ onNewCall, onJoin, onIntent, busy, broken, table, recent }: Props) {
  const { t } = useWords();
  const [justTwo, setJustTwo] = useState(false);
  const [fault, setFault] = useState<RoomNameFault | null>(null);
  const field = useRef<HTMLInputElement>(null);

  function join(event: Event) {
    event.preventDefault();
    const wrong = onJoin(field.current!.value);
    setFault(wrong);
    if (wrong) field.current!.focus();
  }

  return (
    <>
      <Header />
      <main class="home" onPointerOver={onIntent} onFocusCapture={onIntent}>
        <div class="home-words">
          <h1 tabIndex={-1}>{t("home.title")}</h1>
          <p class="lead">{t("home.lead")}</p>
          <div class="card">
            <Button
              kind="primary"
              size="big"
              icon="video"
              busy={busy}
              onClick={() => onNewCall(justTwo)}
            >
              {t("home.newCall")}
            </Button>
            <Switch label={t("home.justTwo")} on={justTwo} onChange={setJustTwo} />
            <p class="or">
              <span>{t("home.byName")}</span>
            </p>
            <form onSubmit={join} noValidate>
              <Field
                label={t("home.roomName")}
                name="room"
                placeholder={t("home.example")}
                autocapitalize="none"
                spellcheck={false}
                enterkeyhint="go"
                hint={t("home.guess")}
                error={fault && t(`roomName.${fault}`)}
                inputRef={field}
                onInput={() => setFault(null)}
              >
                <Button kind="outline" type="submit">{t("home.join")}</Button>
              </Field>
            </form>
            {broken && <p class="box bad" role="alert">{t("home.loading")}</p>}
          </div>
        </div>
        {table}
        {recent}
      </main>
    </>
  );
}
