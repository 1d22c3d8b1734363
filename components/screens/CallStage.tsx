import { useRef, useState } from "preact/hooks";
import type { ArrangeTiles } from "../../lib/call/layout.ts";
import type { CallModel } from "../../lib/call/model.ts";
import { InviteDialog } from "../InviteDialog.tsx";
import { Notice } from "../Notice.tsx";
import type { RoomPlace } from "../room_place.ts";
import { SettingsPanel } from "../SettingsPanel.tsx";
import { Stage } from "../Stage.tsx";
import { type Panel, Tray } from "../Tray.tsx";
import { useWords } from "../words.tsx";
import { Waiting } from "./Waiting.tsx";

interface Props {
  call: CallModel;
  room: RoomPlace;
  arrange: ArrangeTiles;
  /** Whether letters work the call, and the switch for it. */
  shortcuts: { readonly on: boolean; readonly set: (on: boolean) => void };
}

/** Inside: the stage or, alone, the table; the tray below; at most one thing open. */
export function CallStage({ call, room, arrange, shortcuts }: Props) {
  const { t } = useWords();
  const [panel, setPanel] = useState<Panel>(null);
  const others = call.others.value;
  const title = room.isPrivate
    ? others.length === 1 ? others[0].name.value : t("room.unnamed")
    : room.name;
  const close = () => setPanel(null);
  const met = useRef(false);
  if (others.length > 0) met.current = true;
  return (
    <div class="stage">
      <div class="stage-middle">
        {others.length > 0
          ? (
            <>
              <h1 class="sr-only" tabIndex={-1}>{title}</h1>
              <Stage call={call} arrange={arrange} />
            </>
          )
          : <Waiting call={call} room={room} left={met.current} />}
        <Notice notice={call.notice.value} />
      </div>
      {panel === "settings" && (
        <SettingsPanel media={call.media} shortcuts={shortcuts} onClose={close} />
      )}
      {panel === "invite" && <InviteDialog link={room.link} roomName={room.name} onClose={close} />}
      <Tray call={call} title={title} panel={panel} onPanel={setPanel} />
    </div>
  );
}
