import type { CallModel } from "../lib/call/model.ts";
import { Button } from "./Button.tsx";
import { Disc } from "./Disc.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import { OwnVideo } from "./OwnVideo.tsx";
import { Tool } from "./Tool.tsx";
import { cameraTool, microphoneTool } from "./tools.ts";
import { useWords } from "./words.tsx";

interface Props {
  call: CallModel;
  /** A refusal shown in place of the picture. */
  blocked?: { readonly icon: IconName; readonly words: string; readonly hint: string };
}

/** One's own picture before the call, with its two switches; or what keeps it away. */
export function Preview({ call, blocked }: Props) {
  const words = useWords();
  const { t } = words;
  const { media } = call;
  const camera = media.camera.value.is;
  const microphone = media.microphone.value.is;
  const asking = camera === "asking" || microphone === "asking";
  const idle = camera === "idle" && microphone === "idle";
  return (
    <div class="preview" role="group" aria-label={t("lobby.preview")}>
      <div class="picture" data-camera={camera === "on" ? "on" : "off"}>
        <OwnVideo media={media} />
        {camera !== "on" && (
          <div class="preview-empty">
            <Disc name={call.name.value} colour={call.colour.value} />
            {blocked
              ? (
                <>
                  <p class="chip">
                    <Icon name={blocked.icon} class="alarm" /> {blocked.words}
                  </p>
                  <p>{blocked.hint}</p>
                </>
              )
              : idle
              ? (
                <>
                  <Button icon="video" onClick={() => void media.ask()}>
                    {t("lobby.showCamera")}
                  </Button>
                  <p>{t("lobby.unseen")}</p>
                </>
              )
              : <p>{t(asking ? "lobby.askingDevices" : "lobby.cameraOff")}</p>}
          </div>
        )}
      </div>
      {camera === "on" && media.canFlip.value && (
        <button
          type="button"
          class="flip"
          aria-label={t("tool.flip")}
          onClick={() => void media.flip()}
        >
          <Icon name="switch-camera" />
        </button>
      )}
      {!blocked && !idle && !asking && (
        <div class="preview-tools">
          <Tool tool={microphoneTool(media, words)} />
          <Tool tool={cameraTool(media, words)} />
        </div>
      )}
    </div>
  );
}
