import type { CallModel, MediaModel, Resolution } from "../lib/call/model.ts";
import { Button } from "./Button.tsx";
import { DevicePickers } from "./DevicePickers.tsx";
import { Dialog } from "./Dialog.tsx";
import { LanguagePicker } from "./LanguagePicker.tsx";
import { MicMeter } from "./MicMeter.tsx";
import type { ChangeOwnPicture, OwnPicture } from "./own_picture.ts";
import { Picker } from "./Picker.tsx";
import { Switch } from "./Switch.tsx";
import type { Shortcuts } from "./use_keys.ts";
import { useWords } from "./words.tsx";

/** Heights of the picture in pixels. */
const HEIGHTS: readonly Resolution[] = [360, 540, 720, 1080];

interface Props {
  call: CallModel;
  /** One's own picture on the stage, where one is on it. */
  own?: OwnPicture;
  onOwn?: ChangeOwnPicture;
  shortcuts: Shortcuts;
  /** Shows the keys. */
  onKeys: () => void;
  onClose: () => void;
}

/** Devices, sound, one's own picture, keys and language: beside the running call, or before it. */
export function SettingsPanel({ call, own, onOwn, shortcuts, onKeys, onClose }: Props) {
  const { t } = useWords();
  const { media } = call;
  return (
    <Dialog kind={own ? "panel" : "card"} title={t("settings.title")} onClose={onClose}>
      <h3>{t("settings.devices")}</h3>
      <DevicePickers media={media} />
      <MicMeter media={media} />
      <Sound media={media} />
      <h3>{t("settings.picture")}</h3>
      <div class="pickers">
        <Picker
          icon="video"
          label={t("settings.resolution")}
          value={String(media.resolution.value)}
          onChoose={(text) => {
            const height = HEIGHTS.find((each) => String(each) === text);
            if (height) void media.setResolution(height);
          }}
        >
          {HEIGHTS.map((height) => (
            <option key={height} value={height} selected={height === media.resolution.value}>
              {height}p
            </option>
          ))}
        </Picker>
      </div>
      {media.canFlip.value && (
        <Button icon="switch-camera" onClick={() => void media.flip()}>{t("tool.flip")}</Button>
      )}
      <div class="switches">
        <Switch
          label={t("settings.mirrored")}
          hint={t("settings.mirroredHint")}
          on={media.mirrored.value}
          onChange={(on) => media.setMirrored(on)}
        />
        {own && onOwn && (
          <>
            <Switch
              label={t("settings.selfShown")}
              on={own.shown}
              onChange={(shown) => onOwn({ shown })}
            />
            {call.others.value.length === 1 && (
              <Switch
                label={t("settings.selfLarge")}
                on={own.large}
                disabled={!own.shown}
                onChange={(large) => onOwn({ large })}
              />
            )}
          </>
        )}
      </div>
      <h3>{t("settings.keys")}</h3>
      <Switch label={t("settings.keys")} on={shortcuts.on} onChange={shortcuts.set} />
      <Button icon="keyboard" aria-keyshortcuts="?" onClick={onKeys}>
        {t("settings.keyList")}
      </Button>
      <h3>{t("language")}</h3>
      <LanguagePicker />
    </Dialog>
  );
}

/** What the browser does to the microphone's sound. */
function Sound({ media }: { media: MediaModel }) {
  const { t } = useWords();
  const sound = media.sound.value;
  const filters = [
    ["echoCancellation", "settings.echo"],
    ["noiseSuppression", "settings.noise"],
    ["autoGainControl", "settings.gain"],
  ] as const;
  return (
    <>
      <h3>{t("settings.sound")}</h3>
      <div class="switches">
        {filters.map(([filter, label]) => (
          <Switch
            key={filter}
            label={t(label)}
            on={sound[filter] && !sound.original}
            disabled={sound.original}
            onChange={(on) => void media.setSound({ [filter]: on })}
          />
        ))}
        <Switch
          label={t("settings.original")}
          hint={t("settings.originalHint")}
          on={sound.original}
          onChange={(original) => void media.setSound({ original })}
        />
      </div>
    </>
  );
}
