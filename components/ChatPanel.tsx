import { useEffect, useRef, useState } from "preact/hooks";
import type { CompanyModel, Said } from "../lib/call/company_model.ts";
import type { CallModel } from "../lib/call/model.ts";
import { Dialog } from "./Dialog.tsx";
import { Icon } from "./Icon.tsx";
import { ReactionBar } from "./ReactionBar.tsx";
import { piecesOf } from "./text_pieces.ts";
import { useWords } from "./words.tsx";

/** As the protocol has it, in code points. */
const TEXT_LENGTH = 4000;

/** What is said in the room, and where to say something. */
export function ChatPanel({ call, onClose }: { call: CallModel; onClose: () => void }) {
  const { t } = useWords();
  const company = call.company.value;
  return (
    <Dialog kind="panel" title={t("tool.chat")} onClose={onClose}>
      {company
        ? <Chat call={call} company={company} />
        : <p class="soft-text">{t("chat.loading")}</p>}
    </Dialog>
  );
}

function Chat({ call, company }: { call: CallModel; company: CompanyModel }) {
  const { t } = useWords();
  const { chat } = company;
  const said = chat.said.value;
  const log = useRef<HTMLDivElement>(null);
  const stays = useRef(true);

  useEffect(() => {
    chat.setShown(true);
    return () => chat.setShown(false);
  }, [chat]);
  // Follows what comes, unless somebody reads further up; a frame later the dialog is open.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (stays.current && log.current) log.current.scrollTop = log.current.scrollHeight;
    });
    return () => cancelAnimationFrame(frame);
  }, [said]);

  return (
    <div class="chat">
      <div
        ref={log}
        class="chat-log"
        role="log"
        aria-label={t("chat.log")}
        tabIndex={0}
        onScroll={({ currentTarget: el }) => {
          stays.current = el.scrollHeight - el.scrollTop - el.clientHeight < 40;
        }}
      >
        {said.length === 0 && <p class="chat-note">{t("chat.empty")}</p>}
        {said.map((each) => <Line key={each.key} said={each} />)}
      </div>
      <ReactionBar company={company} />
      <Composer
        call={call}
        company={company}
        onSaid={() => {
          stays.current = true;
        }}
      />
    </div>
  );
}

function Line({ said }: { said: Said }) {
  const { t, words } = useWords();
  const { isMine, name, to, state, text, colour } = said;
  const time = new Date(said.atMs);
  return (
    <article class={`said${isMine ? " mine" : ""}`}>
      <p class="said-head">
        {isMine ? to && <span class="said-to">{t("chat.youTo", { name: to })}</span> : (
          <>
            <strong class={`said-name pointer-${colour}`}>{name}</strong>
            {to && <span class="said-to">{t("chat.toYou")}</span>}
          </>
        )}
        <time dateTime={time.toISOString()}>
          {time.toLocaleTimeString(words.lang, { hour: "2-digit", minute: "2-digit" })}
        </time>
      </p>
      <p class="said-text" dir="auto">
        {text === null
          ? <em>{t("chat.sealed")}</em>
          : piecesOf(text).map((piece, i) =>
            piece.href
              ? (
                <a
                  key={i}
                  href={piece.href}
                  target="_blank"
                  rel="noopener noreferrer nofollow ugc"
                >
                  {piece.text}
                </a>
              )
              : piece.text
          )}
      </p>
      {state !== "said" && (
        <p class={`said-state ${state}`}>
          {state === "failed" && <Icon name="circle-alert" />}
          {t(`chat.${state}`)}
        </p>
      )}
    </article>
  );
}

function Composer(
  { call, company: { chat }, onSaid }: {
    call: CallModel;
    company: CompanyModel;
    onSaid: () => void;
  },
) {
  const { t } = useWords();
  const [text, setText] = useState(chat.draft);
  const [to, setTo] = useState("");
  const others = call.others.value;
  const target = others.find(({ seat }) => seat === to);
  const excess = [...text].length - TEXT_LENGTH;
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => box.current?.focus(), []);

  function write(next: string) {
    setText(next);
    chat.keepDraft(next);
  }
  function send() {
    if (excess > 0 || text.trim() === "") return;
    if (to !== "" && !target) return setTo("");
    onSaid();
    chat.say(text, target?.seat ?? null);
    write("");
    box.current?.focus();
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {others.length > 1 && (
        <label class="composer-to">
          <span>{t("chat.to")}</span>
          <select value={to} onChange={({ currentTarget }) => setTo(currentTarget.value)}>
            <option value="">{t("chat.everyone")}</option>
            {others.map(({ seat, name }) => (
              <option key={seat} value={seat} selected={seat === to}>{name.value}</option>
            ))}
          </select>
        </label>
      )}
      <div class="composer-line">
        <textarea
          ref={box}
          rows={Math.min(5, text.split("\n").length)}
          aria-label={t("chat.message")}
          placeholder={t("chat.message")}
          aria-invalid={excess > 0}
          value={text}
          onInput={({ currentTarget }) => write(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" class="icon-button send" aria-label={t("chat.send")}>
          <Icon name="send-horizontal" />
        </button>
      </div>
      {excess > 0 && <p class="composer-hint" role="status">{t("chat.more", { count: excess })}</p>}
    </form>
  );
}
