import { Button } from "../Button.tsx";
import type { Calling } from "../use_phone.ts";
import { useWords } from "../words.tsx";
import { Devices } from "./Devices.tsx";
import { Sheet } from "./Sheet.tsx";

/** Somebody calls. */
export function Incoming({ phone, colourOf }: Calling) {
  const { t } = useWords();
  const { names } = phone;
  const call = names.incoming.value;
  if (call === null) return null;
  const { from: name, kind, answering } = call;
  const media = phone.media.value;
  const isAsked = media?.camera.value.is === "asking" || media?.microphone.value.is === "asking";
  return (
    <Sheet
      key={call.call}
      title={t(`calls.in.${kind}`, { name })}
      line={isAsked
        ? t("lobby.askingDevices")
        : answering
        ? t("calls.answering")
        : t(`calls.in.${kind}.line`, { name })}
      left={{ name, colour: colourOf(name) }}
      right={null}
      rings={answering ? null : "left"}
    >
      <Devices phone={phone} />
      <div class="call-answers">
        <Button kind="danger" size="big" icon="phone" onClick={() => names.decline()}>
          {t("calls.decline")}
        </Button>
        <Button
          kind="primary"
          size="big"
          icon="video"
          busy={answering}
          onClick={() => void names.accept(true)}
        >
          {t("calls.accept")}
        </Button>
        {!answering && (
          <Button size="big" icon="video-off" onClick={() => void names.accept(false)}>
            {t("calls.withoutCamera")}
          </Button>
        )}
      </div>
    </Sheet>
  );
}
