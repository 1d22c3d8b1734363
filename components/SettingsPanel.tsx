import type { MediaModel } from "../lib/call/model.ts";
import { DevicePickers } from "./DevicePickers.tsx";
import { Dialog } from "./Dialog.tsx";
import { LanguagePicker } from "./LanguagePicker.tsx";
import { MicMeter } from "./MicMeter.tsx";
import { Switch } from "./Switch.tsx";
import { useWords } from "./words.tsx";

interface Props {
  media: MediaModel;
  shortcuts: { readonly on: boolean; readonly set: (on: boolean) => void };
  onClose: () => void;
}

/** Devices, keys and language, beside the running call. */
export function SettingsPanel({ media, shortcuts, onClose }: Props) {
  const { t } = useWords();
  return (
    <Dialog kind="panel" title={t("settings.title")} onClose={onClose}>
      <h3>{t("settings.devices")}</h3>
      <DevicePickers media={media} />
      <MicMeter media={media} />
      <Switch
        label={t("settings.keys")}
        hint={t("settings.keysHint")}
        on={shortcuts.on}
        onChange={shortcuts.set}
      />
      <h3>{t("language")}</h3>
      <LanguagePicker />
    </Dialog>
  );
}
