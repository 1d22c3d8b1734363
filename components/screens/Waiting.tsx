import type { CallModel } from "../../lib/call/model.ts";
import { InviteLink } from "../InviteLink.tsx";
import { QrCode } from "../QrCode.tsx";
import type { RoomPlace } from "../room_place.ts";
import { seatOthers } from "../seating.ts";
import { SeatedSelf } from "../SelfView.tsx";
import { Table } from "../Table.tsx";
import { useWords } from "../words.tsx";

/** Alone at the table, with what it takes to have others come. */
export function Waiting(
  { call, room, left }: {
    call: CallModel;
    room: RoomPlace;
    /** Others were here and have left. */
    left: boolean;
  },
) {
  const { t } = useWords();
  const seat = call.seat.value;
  const capacity = call.capacity.value;
  return (
    <div class="waiting">
      <Table
        size="waiting"
        chairs={seatOthers([], capacity)}
        lit
        you={seat && <SeatedSelf call={call} seat={seat} />}
      >
        <div class="qr-card">
          <QrCode link={room.link} />
        </div>
      </Table>
      <div class="waiting-words">
        <h1 tabIndex={-1}>{t(left ? "waiting.alone" : "waiting.title")}</h1>
        <p class="lead wide-only">{t("waiting.lead")}</p>
        <p class="lead narrow-only">{t("waiting.leadShort")}</p>
        <InviteLink link={room.link} roomName={room.name} />
        <p class="fine">
          {t(room.isPrivate ? "waiting.private" : "waiting.named", { count: capacity - 1 })}
        </p>
      </div>
    </div>
  );
}
