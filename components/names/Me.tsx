import { useRef, useState } from "preact/hooks";
import type { NamesModel } from "../../lib/call/names_model.ts";
import { refusal, Suggestion } from "../AskName.tsx";
import { Button } from "../Button.tsx";
import { Dialog } from "../Dialog.tsx";
import { Field } from "../Field.tsx";
import { Switch } from "../Switch.tsx";
import { useWords } from "../words.tsx";

/** One's own name: another one, how one may be reached, and giving it back. */
export function Me({ names, name, onClose }: {
  names: NamesModel;
  name: string;
  onClose: () => void;
}) {
  const { t } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(name);
  const [leaving, setLeaving] = useState(false);
  const me = names.me.value;
  const isRefused = me.is === "refused" && me.name === typed.trim();

  function take(wanted: string) {
    setTyped(wanted);
    if (wanted.trim() !== name) void names.take(wanted);
  }

  return (
    <Dialog kind="card" title={t("me.title")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          take(field.current!.value);
        }}
        noValidate
      >
        <Field
          label={t("lobby.yourName")}
          name="nickname"
          autocomplete="nickname"
          enterkeyhint="done"
          value={typed}
          inputRef={field}
          hint={t("me.hint")}
          error={isRefused ? refusal(me, t) : null}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        >
          <Button type="submit" busy={me.is === "asking"}>{t("me.save")}</Button>
        </Field>
        {isRefused && me.suggestion !== null && <Suggestion name={me.suggestion} onTake={take} />}
      </form>
      <div class="switches">
        <Switch
          label={t("me.listed")}
          hint={t("me.listedHint")}
          on={names.listed.value}
          onChange={(on) => names.setListed(on)}
        />
        <Switch
          label={t("reach.dnd")}
          hint={t("me.dndHint")}
          on={names.dnd.value}
          onChange={(on) => names.setDnd(on)}
        />
        <Notifications />
      </div>
      {leaving
        ? (
          <div class="box bad giving-back" role="group" aria-label={t("me.forget")}>
            <p>{t("me.forgetHint", { name })}</p>
            <div class="actions">
              <Button size="small" onClick={() => setLeaving(false)}>{t("me.keep")}</Button>
              <Button kind="danger" size="small" onClick={() => void names.forget()}>
                {t("me.forgetNow")}
              </Button>
            </div>
          </div>
        )
        : <Button onClick={() => setLeaving(true)}>{t("me.forget")}</Button>}
    </Dialog>
  );
}

/** Whether calls are told of by the system while nobody looks at the page. */
function Notifications() {
  const { t } = useWords();
  const { Notification } = globalThis;
  const [asked, setAsked] = useState({ state: Notification?.permission });
  if (!Notification) return null;
  const { state } = asked;
  return (
    <Switch
      label={t("me.notify")}
      hint={t(state === "denied" ? "me.notifyDenied" : "me.notifyHint")}
      on={state === "granted"}
      disabled={state !== "default"}
      onChange={async () => setAsked({ state: await Notification.requestPermission() })}
    />
  );
}
