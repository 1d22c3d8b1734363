import type { NoCall, OutgoingCall } from "../../lib/call/names_model.ts";
import { Button } from "../Button.tsx";
import type { Calling } from "../use_phone.ts";
import { useWords } from "../words.tsx";
import { Devices } from "./Devices.tsx";
import { Sheet } from "./Sheet.tsx";

/** Where calling once more makes sense. */
const AGAIN: readonly NoCall[] = [
  "declined",
  "busy",
  "cancelled",
  "unanswered",
  "caller-gone",
  "callee-gone",
  "interrupted",
  "not-there",
  "failed",
];

/** One calls, and what comes of it. */
export function Outgoing({ phone, colourOf }: Calling) {
  const call = phone.names.outgoing.value;
  const me = phone.names.me.value;
  if (call === null) return null;
  const own = "name" in me ? me.name : "";
  return <Placed key={call.call} phone={phone} call={call} own={own} colour={colourOf(own)} />;
}

function Placed({ phone, call, own, colour }: Pick<Calling, "phone"> & {
  call: OutgoingCall;
  own: string;
  colour: number;
}) {
  const { t } = useWords();
  const { names } = phone;
  const { to: name, kind, stage } = call;
  const you = { name: own, colour };
  if (stage.is === "over") {
    return (
      <Sheet
        title={t(`calls.over.${stage.why}`, { name })}
        line={t(`calls.over.${stage.why}.line`, { name })}
        left={you}
        right={null}
        rings={null}
        onEscape={() => names.dismiss()}
      >
        <div class="call-answers">
          <Button size="big" onClick={() => names.dismiss()}>{t("close")}</Button>
          {AGAIN.includes(stage.why) && (
            <Button
              kind="primary"
              size="big"
              icon={kind === "watch" ? "eye" : "video"}
              onClick={() => void names.call(name, kind)}
            >
              {t("calls.again")}
            </Button>
          )}
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet
      title={t(`calls.out.${kind}`, { name })}
      line={t(
        stage.is === "asking" && kind === "talk" ? "lobby.askingDevices" : `calls.${stage.is}`,
      )}
      left={you}
      right={null}
      rings={stage.is === "ringing" ? "right" : null}
    >
      {kind === "talk"
        ? <Devices phone={phone} />
        : <p class="call-line">{t("calls.out.watch.line", { name })}</p>}
      <div class="call-answers">
        <Button kind="danger" size="big" icon="phone" onClick={() => names.cancel()}>
          {t("calls.cancel")}
        </Button>
      </div>
    </Sheet>
  );
}
