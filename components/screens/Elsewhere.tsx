import type { CallModel } from "../../lib/call/model.ts";
import { Button, ButtonLink } from "../Button.tsx";
import type { GoHome } from "../Header.tsx";
import { seatOthers } from "../seating.ts";
import { Table } from "../Table.tsx";
import { useWords } from "../words.tsx";
import { Message } from "./Message.tsx";

/** Another tab sits on this seat. */
export function Elsewhere({ call, onHome }: { call: CallModel; onHome?: GoHome }) {
  const { t } = useWords();
  const you = [{ name: call.name.value, colour: call.colour.value }];
  return (
    <Message
      title={t("elsewhere.title")}
      table={
        <Table
          size="message"
          chairs={[...you, ...seatOthers([], call.capacity.value).slice(1)]}
          lit
        />
      }
      onHome={onHome}
    >
      <p class="lead">{t("elsewhere.lead")}</p>
      <div class="actions">
        <Button kind="primary" size="big" onClick={() => void call.useHere()}>
          {t("elsewhere.use")}
        </Button>
        <ButtonLink size="big" href="/" onClick={onHome}>{t("home")}</ButtonLink>
      </div>
    </Message>
  );
}
