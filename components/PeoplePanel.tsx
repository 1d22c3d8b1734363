import { useState } from "preact/hooks";
import type { CompanyModel } from "../lib/call/company_model.ts";
import type { CallModel, Participant } from "../lib/call/model.ts";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { Disc } from "./Disc.tsx";
import { Icon } from "./Icon.tsx";
import { KnockList } from "./KnockList.tsx";
import { ReactionBar } from "./ReactionBar.tsx";
import { Switch } from "./Switch.tsx";
import { faceOf } from "./Tile.tsx";
import type { Face } from "./TileFrame.tsx";
import { useWords } from "./words.tsx";

/** Who is here, whose turn it is, and what may be done about each: for oneself, or by a role. */
export function PeoplePanel({ call, onClose }: { call: CallModel; onClose: () => void }) {
  const { t } = useWords();
  const company = call.company.value;
  return (
    <Dialog kind="panel" title={t("tool.people")} onClose={onClose}>
      {company
        ? <People call={call} company={company} />
        : <p class="soft-text">{t("chat.loading")}</p>}
    </Dialog>
  );
}

function People({ call, company }: { call: CallModel; company: CompanyModel }) {
  const { t } = useWords();
  const seat = call.seat.value;
  const isOwner = company.role.value === "owner";
  const locked = company.locked.value;
  const self: Face | null = seat && {
    seat,
    name: call.name.value || t("lobby.guest"),
    colour: call.colour.value,
    microphoneOn: call.media.microphone.value.is === "on",
    cameraOn: true,
    hand: call.hand.value,
    speaking: call.speaking.value,
  };
  return (
    <>
      <KnockList company={company} />
      <ul class="people">
        {self && (
          <li class="person">
            <Head face={self} company={company} self />
          </li>
        )}
        {call.others.value.map((person) => (
          <Other key={person.seat} call={call} company={company} person={person} />
        ))}
      </ul>
      <ReactionBar company={company} />
      <div class="switches">
        {isOwner && (
          <Switch
            label={t("people.lock")}
            hint={t("people.lockHint")}
            on={locked}
            onChange={(on) => company.lock(on)}
          />
        )}
        <Switch
          label={t("people.deaf")}
          hint={t("people.deafHint")}
          on={company.deaf.value}
          onChange={(on) => company.setDeaf(on)}
        />
      </div>
      {locked && !isOwner && (
        <p class="soft-text with-icon">
          <Icon name="lock" />
          {t("people.locked")}
        </p>
      )}
    </>
  );
}

/** Who it is, and how they are. */
function Head(
  { face, company, self = false }: { face: Face; company: CompanyModel; self?: boolean },
) {
  const { t } = useWords();
  const turn = company.hands.value.indexOf(face.seat) + 1;
  const name = self ? t("people.you", { name: face.name }) : face.name;
  return (
    <div class="person-head">
      <Disc name={face.name} colour={face.colour} />
      <p class="person-name">
        <strong>{name}</strong>
        {company.owners.value.has(face.seat) && <span>{t("people.owner")}</span>}
      </p>
      {turn > 0 && (
        <span class="person-hand">
          <Icon name="hand" />
          <span aria-hidden="true">{turn}</span>
          <span class="sr-only">{t("people.hand", { count: turn })}</span>
        </span>
      )}
      {face.microphoneOn
        ? (
          <span class={face.speaking ? "person-mic talks" : "person-mic"}>
            <Icon name="mic" />
            {face.speaking && <span class="sr-only">{t("people.speaking")}</span>}
          </span>
        )
        : (
          <span class="person-mic muted">
            <Icon name="mic-off" />
            <span class="sr-only">{t("people.muted")}</span>
          </span>
        )}
    </div>
  );
}

type Sure = "hand-on" | "remove" | null;

function Other(
  { call, company, person }: { call: CallModel; company: CompanyModel; person: Participant },
) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [sure, setSure] = useState<Sure>(null);
  const face = faceOf(person);
  const { seat, name } = face;
  const together = call.together.model.value;
  const mayAct = company.role.value === "owner" && !company.owners.value.has(seat);
  const asked = company.asked.value.has(seat);
  return (
    <li class="person">
      <div class="person-row">
        <Head face={face} company={company} />
        <button
          type="button"
          class="icon-button"
          aria-label={t("people.options", { name })}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name="ellipsis" />
        </button>
      </div>
      {open && (
        <div class="person-more">
          <label class="volume">
            <Icon name="volume-2" />
            <input
              type="range"
              min="0"
              max="100"
              aria-label={t("people.volume", { name })}
              value={Math.round(company.volumeOf(seat) * 100)}
              onInput={({ currentTarget }) =>
                company.setVolume(seat, currentTarget.valueAsNumber / 100)}
            />
          </label>
          <div class="person-acts">
            {face.microphoneOn && (
              <Button
                size="small"
                aria-disabled={asked}
                onClick={() => company.askToMute(seat)}
              >
                {t(asked ? "people.asked" : "people.ask")}
              </Button>
            )}
            {together && call.others.value.length > 1 && (
              <Button
                size="small"
                aria-label={t("tile.pin", { name })}
                aria-pressed={together.pinned.value?.seat === seat}
                onClick={() => together.pin({ seat, kind: "camera" })}
              >
                {t("people.pin")}
              </Button>
            )}
            {mayAct && (
              <>
                <Button size="small" onClick={() => setSure("hand-on")}>
                  {t("people.handOn")}
                </Button>
                <Button size="small" onClick={() => setSure("remove")}>
                  {t("people.remove")}
                </Button>
              </>
            )}
          </div>
          {mayAct && sure && (
            <div class="person-sure" role="group" aria-label={t("question.label")}>
              <p>{t(sure === "remove" ? "people.removeSure" : "people.handOnSure", { name })}</p>
              <Button
                kind={sure === "remove" ? "danger" : "primary"}
                size="small"
                onClick={() => {
                  if (sure === "remove") company.remove(seat);
                  else company.handOn(seat);
                  setSure(null);
                }}
              >
                {t("people.yes")}
              </Button>
              <Button size="small" onClick={() => setSure(null)}>{t("people.no")}</Button>
            </div>
          )}
        </div>
      )}
    </li>
  );
}
