import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words.tsx";

const COPIED_SHOWN_MS = 3000;

/** The link to a room, to copy, or to hand to another program where the browser can. */
export function InviteLink({ link, roomName }: { link: string; roomName: string }) {
  const { t } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const [canSend, setCanSend] = useState(false);

  useEffect(() => setCanSend(typeof navigator.share === "function"), []);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch { // refused, or plain http, where there is no clipboard
      field.current?.select();
      setCopied(document.execCommand("copy"));
    }
  }

  const send = () =>
    // Closing the other program's window again is no fault.
    void navigator.share({ title: t("invite.subject", { room: roomName }), url: link })
      .catch(() => {});

  return (
    <div class={canSend ? "invite can-send" : "invite"}>
      <div class="invite-link">
        <Icon name="link" />
        <input
          ref={field}
          readOnly
          aria-label={t("invite.link")}
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          kind="primary"
          size="small"
          icon={copied ? "check" : "copy"}
          aria-label={t("invite.copy")}
          onClick={copy}
        >
          {t(copied ? "invite.copied" : "invite.copy.word")}
        </Button>
      </div>
      {canSend && (
        <div class="actions invite-send">
          <Button icon="share-2" onClick={send}>{t("invite.send")}</Button>
        </div>
      )}
      <span class="sr-only" role="status">{copied && t("notice.copied")}</span>
    </div>
  );
}
