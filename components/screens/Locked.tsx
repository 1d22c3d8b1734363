import type { CallModel, Door } from "../../lib/call/model.ts";
import { Spinner } from "../Brand.tsx";
import { Button } from "../Button.tsx";
import type { GoHome } from "../Header.tsx";
import { Icon } from "../Icon.tsx";
import { seatOthers } from "../seating.ts";
import { Table } from "../Table.tsx";
import { useWords } from "../words.tsx";
import { Message } from "./Message.tsx";

/** Before the door of a locked room: knock, wait, or go. */
export function Locked({ call, onHome }: { call: CallModel; onHome?: GoHome }) {
  const { t } = useWords();
  const door: Door = call.door.value ?? "locked";
  const waits = door === "knocking";
  return (
    <Message title={t(`door.${door}`)} table={<LockedTable />} onHome={onHome}>
      <p class="lead">{t(`door.${door}Hint`)}</p>
      {waits && (
        <p class="under-way">
          <Spinner />
          <span>{t("door.waiting")}</span>
        </p>
      )}
      <div class="actions">
        {waits
          ? <Button size="big" onClick={() => call.knock(false)}>{t("door.stop")}</Button>
          : (
            <Button kind="primary" size="big" onClick={() => call.knock(true)}>
              {t(door === "locked" ? "door.knock" : "door.again")}
            </Button>
          )}
      </div>
    </Message>
  );
}

/** Nobody sees who sits there. */
function LockedTable() {
  return (
    <Table size="message" dark chairs={seatOthers([], 6)}>
      <Icon name="lock" class="unplugged" />
    </Table>
  );
}
