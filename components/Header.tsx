import type { JSX } from "preact";
import { Brand } from "./Brand.tsx";
import { Icon } from "./Icon.tsx";
import { LanguagePicker } from "./LanguagePicker.tsx";
import { useWords } from "./words.tsx";

/** Stays in the document where that is possible; without it the link is an ordinary one. */
export type GoHome = (event: JSX.TargetedMouseEvent<HTMLElement>) => void;

/**
 * The top of every page but a live call; on phones a room shows its name and the way back, and the
 * language is in the settings where there are any.
 */
export function Header(
  { room, onHome, onSettings }: { room?: string; onHome?: GoHome; onSettings?: () => void },
) {
  const { t } = useWords();
  return (
    <header class={room === undefined ? "top" : "top in-room"}>
      <Brand onHome={onHome} />
      {room !== undefined && (
        <a class="top-back" href="/" onClick={onHome}>
          <Icon name="arrow-left" />
          <span class="sr-only">{t("home")}</span>
          <span class="top-room" aria-hidden="true">{room}</span>
        </a>
      )}
      <LanguagePicker />
      {onSettings && (
        <button
          type="button"
          class="icon-button"
          aria-label={t("tool.settings")}
          onClick={onSettings}
        >
          <Icon name="settings-2" />
        </button>
      )}
    </header>
  );
}
