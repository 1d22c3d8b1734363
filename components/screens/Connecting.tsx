import { Button } from "../Button.tsx";
import { Spinner } from "../Brand.tsx";
import { Table } from "../Table.tsx";
import type { TalkHere } from "../talk_place.ts";
import { useWords } from "../words.tsx";
import type { SitterOf } from "./Lobby.tsx";

/** Between an accepted call and the other one's picture. */
export function Connecting({ talk, sitters }: { talk: TalkHere; sitters: SitterOf }) {
  const { t } = useWords();
  const [other] = sitters([talk.with]);
  return (
    <div class="stage connecting">
      <Table size="message" chairs={[null, other]} lit />
      <h1 tabIndex={-1}>{t("tile.connecting", { name: talk.with })}</h1>
      <Spinner />
      <Button kind="danger" size="big" icon="phone" onClick={talk.hangUp}>
        {t("tool.hangUp")}
      </Button>
    </div>
  );
}
