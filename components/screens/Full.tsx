import type { CallModel } from "../../lib/call/model.ts";
import { Spinner } from "../Brand.tsx";
import { Button } from "../Button.tsx";
import type { GoHome } from "../Header.tsx";
import type { RoomPlace } from "../room_place.ts";
import type { Sitter } from "../seating.ts";
import { Table } from "../Table.tsx";
import { useNow } from "../use_now.ts";
import { Said, useWords } from "../words.tsx";
import type { SitterOf } from "./Lobby.tsx";
import { Message } from "./Message.tsx";

interface Props {
  call: CallModel;
  room: RoomPlace;
  sitters: SitterOf;
  onHome?: GoHome;
  onNewCall: () => void;
}

/** No chair is free: we look again, and one may wait. */
export function Full({ call, room, sitters, onHome, onNewCall }: Props) {
  const { t } = useWords();
  const capacity = call.inside.value?.capacity ?? call.capacity.value;
  return (
    <Message
      title={t("full.title")}
      table={
        <Table size="message" chairs={taken(sitters(call.inside.value?.names ?? []), capacity)} />
      }
      onHome={onHome}
    >
      <p class="lead">
        <Said
          message="full.room"
          count={capacity}
          slots={{
            room: <strong>{room.isPrivate ? t("full.thisRoom") : room.name}</strong>,
            count: capacity,
          }}
        />{" "}
        {t("full.waiting")}
      </p>
      <Countdown until={call.retryAt.value} />
      <div class="actions">
        <Button kind="primary" size="big" onClick={() => call.retry()}>{t("retry.now")}</Button>
        <Button size="big" onClick={onNewCall}>{t("home.newCall")}</Button>
      </div>
    </Message>
  );
}

/** Every chair taken, by name where names are known. */
function taken(known: readonly Sitter[], capacity: number): Sitter[] {
  const chairs = [...known];
  while (chairs.length < capacity) chairs.push({ name: "", colour: (chairs.length * 3) % 8 });
  return chairs.slice(0, capacity);
}

function Countdown({ until }: { until: number | null }) {
  const { t } = useWords();
  const now = useNow();
  const seconds = until === null ? 0 : Math.ceil((until - now) / 1000);
  return (
    <p class="under-way">
      <Spinner />
      <span>{seconds > 0 ? t("full.next", { seconds }) : t("full.looking")}</span>
    </p>
  );
}
