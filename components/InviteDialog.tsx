import { Dialog } from "./Dialog.tsx";
import { InviteLink } from "./InviteLink.tsx";
import { QrCode } from "./QrCode.tsx";
import { useWords } from "./words.tsx";

/** The link and its code, over a running call. */
export function InviteDialog(
  { link, roomName, onClose }: { link: string; roomName: string; onClose: () => void },
) {
  const { t } = useWords();
  return (
    <Dialog kind="card" title={t("invite.title")} onClose={onClose}>
      <p class="soft-text">{t("invite.lead")}</p>
      <div class="qr-card">
        <QrCode link={link} />
      </div>
      <InviteLink link={link} roomName={roomName} />
    </Dialog>
  );
}
