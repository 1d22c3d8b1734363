import type { DeviceKind, MediaModel } from "../lib/call/model.ts";
import type { IconName } from "./Icon.tsx";
import { Picker } from "./Picker.tsx";
import { useWords } from "./words.tsx";

const ICONS: Readonly<Record<DeviceKind, IconName>> = {
  microphone: "mic",
  camera: "video",
  speaker: "volume-2",
};

/** What one hears, sees and speaks with; the choice holds at once and for the next call. */
export function DevicePickers({ media }: { media: MediaModel }) {
  const speakers = media.devices.value.some(({ kind }) => kind === "speaker");
  return (
    <div class="pickers">
      <DevicePicker media={media} kind="microphone" />
      <DevicePicker media={media} kind="camera" />
      {speakers && <DevicePicker media={media} kind="speaker" />}
    </div>
  );
}

/** The device in use; an empty id: whatever the system takes. */
function chosen(media: MediaModel, kind: DeviceKind): { deviceId: string; label: string } {
  if (kind === "speaker") return { deviceId: media.speakerId.value, label: "" };
  const state = media[kind].value;
  return state.is === "on" || state.is === "off" ? state : { deviceId: "", label: "" };
}

function DevicePicker({ media, kind }: { media: MediaModel; kind: DeviceKind }) {
  const { t } = useWords();
  const devices = media.devices.value.filter((device) => device.kind === kind);
  const { deviceId: value, label: current } = chosen(media, kind);
  const known = devices.some(({ deviceId }) => deviceId === value);
  const label = t(`device.${kind}`);
  return (
    <Picker
      icon={ICONS[kind]}
      label={label}
      value={known ? value : ""}
      onChoose={(deviceId) => void media.choose(kind, deviceId)}
    >
      {!known && (
        <option value="" selected>
          {current ||
            t(devices.length > 0 || kind === "speaker" ? "device.default" : "device.none")}
        </option>
      )}
      {devices.map((device, i) => (
        <option key={device.deviceId} value={device.deviceId} selected={device.deviceId === value}>
          {device.label || t("device.unnamed", { kind: label, count: i + 1 })}
        </option>
      ))}
    </Picker>
  );
}
