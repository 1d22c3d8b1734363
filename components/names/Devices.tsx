import type { PhoneModel } from "../../lib/call/phone.ts";
import { Icon } from "../Icon.tsx";
import { useWords } from "../words.tsx";

/** What of oneself the other one is going to get. */
export function Devices({ phone }: { phone: PhoneModel }) {
  const { t } = useWords();
  const media = phone.media.value;
  const wills = phone.wills();
  const isOn = (kind: "microphone" | "camera") => {
    const state = media?.[kind].value.is ?? "idle";
    return state === "idle" || state === "asking" ? wills[kind] : state === "on";
  };
  const microphone = isOn("microphone");
  const camera = isOn("camera");
  return (
    <ul class="call-devices">
      <li class={microphone ? "on" : ""}>
        <Icon name={microphone ? "mic" : "mic-off"} />
        {t(microphone ? "calls.microphoneOn" : "calls.microphoneOff")}
      </li>
      <li class={camera ? "on" : ""}>
        <Icon name={camera ? "video" : "video-off"} />
        {t(camera ? "calls.cameraOn" : "calls.cameraOff")}
      </li>
    </ul>
  );
}
