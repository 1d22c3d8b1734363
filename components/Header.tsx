import type { JSX } from "preact";
import { Brand } from "./Brand.tsx";
import { Icon } from "./Icon.tsx";
import { LanguagePicker } from "./LanguagePicker.tsx";
import { useWords } from "./words.tsx";

/** Stays in the document where that is possible; without it the link is an ordinary one. */
export type GoHome = (event: JSX.TargetedMouseEvent<HTMLElement>) => void;

/** The top of every page but a live call; on phones a room shows its name and the way back. */
export function Header({ room, onHome }: { room?: string; onHome?: GoHome }) {
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
    </header>
  );
}
