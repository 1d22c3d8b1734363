import { useState } from "preact/hooks";
import type { CallModel } from "../lib/call/model.ts";
import { KeysDialog } from "./KeysDialog.tsx";
import { SettingsPanel } from "./SettingsPanel.tsx";
import type { Shortcuts } from "./use_keys.ts";

/** The settings before a call, and the keys over them; fetched when they are opened. */
export function LobbySettings(
  { call, shortcuts, onClose }: { call: CallModel; shortcuts: Shortcuts; onClose: () => void },
) {
  const [keys, setKeys] = useState(false);
  return keys ? <KeysDialog shortcuts={shortcuts} onClose={onClose} /> : (
    <SettingsPanel
      call={call}
      shortcuts={shortcuts}
      onKeys={() => setKeys(true)}
      onClose={onClose}
    />
  );
}
