import type { CallModel } from "../lib/call/model.ts";
import { ChatPanel } from "./ChatPanel.tsx";
import { InviteDialog } from "./InviteDialog.tsx";
import { KeysDialog } from "./KeysDialog.tsx";
import { MoreSheet } from "./MoreSheet.tsx";
import type { ChangeOwnPicture, OwnPicture } from "./own_picture.ts";
import { PeoplePanel } from "./PeoplePanel.tsx";
import type { RoomPlace } from "./room_place.ts";
import { SettingsPanel } from "./SettingsPanel.tsx";
import type { ToolSpec } from "./Tool.tsx";
import type { Panel } from "./tools.ts";
import type { Shortcuts } from "./use_keys.ts";

export interface PanelsProps {
  panel: Exclude<Panel, null>;
  onPanel: (panel: Panel) => void;
  call: CallModel;
  room: RoomPlace;
  shortcuts: Shortcuts;
  own: OwnPicture;
  onOwn: ChangeOwnPicture;
  /** The rows of "More". */
  more: readonly ToolSpec[];
}

/** Whatever is open over a call; loaded after the call runs. */
export function Panels({ panel, onPanel, call, room, shortcuts, own, onOwn, more }: PanelsProps) {
  const onClose = () => onPanel(null);
  switch (panel) {
    case "invite":
      return <InviteDialog link={room.link} roomName={room.name} onClose={onClose} />;
    case "chat":
      return <ChatPanel call={call} onClose={onClose} />;
    case "people":
      return <PeoplePanel call={call} onClose={onClose} />;
    case "more":
      return <MoreSheet tools={more} onClose={onClose} />;
    case "keys":
      return <KeysDialog shortcuts={shortcuts} onClose={onClose} />;
    case "settings":
      return (
        <SettingsPanel
          call={call}
          own={own}
          onOwn={onOwn}
          shortcuts={shortcuts}
          onKeys={() => onPanel("keys")}
          onClose={onClose}
        />
      );
  }
}
