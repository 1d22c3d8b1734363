import { useEffect, useState } from "preact/hooks";
import type { CallModel } from "../../lib/call/model.ts";
import { type GoHome, Header } from "../Header.tsx";
import { Icon } from "../Icon.tsx";
import { Preview } from "../Preview.tsx";
import type { RoomPlace } from "../room_place.ts";
import { useWords } from "../words.tsx";
import { JoinForm } from "./Lobby.tsx";

type Refused = "camera" | "microphone" | "both";

function refusedOf({ media }: CallModel): Refused {
  const denied = (kind: "camera" | "microphone") => {
    const state = media[kind].value;
    return state.is === "failed" && state.why === "denied";
  };
  if (denied("camera") && denied("microphone")) return "both";
  return denied("microphone") ? "microphone" : "camera";
}

/** The browser keeps a device from us: how to allow it, and that one can come in without. */
export function Denied(
  { call, room, onHome }: { call: CallModel; room: RoomPlace; onHome?: GoHome },
) {
  const { t } = useWords();
  const refused = refusedOf(call);
  const title = refused === "both" ? t("denied.both") : t(`device.${refused}.denied`);
  const [host, setHost] = useState("");
  useEffect(() => setHost(location.host), []);

  return (
    <>
      <Header room={room.isPrivate ? t("lobby.private") : room.name} onHome={onHome} />
      <div class="lobby denied">
        <div class="lobby-picture">
          <Preview
            call={call}
            blocked={{
              icon: refused === "microphone" ? "mic-off" : "video-off",
              words: t(`denied.picture.${refused}`),
              hint: t("denied.seen"),
            }}
          />
        </div>
        <div class="lobby-words">
          <h1 tabIndex={-1}>{title}</h1>
          <p class="lead">{t(refused === "both" ? "denied.why.both" : "denied.why.one")}</p>
          <div class="address-bar" aria-hidden="true">
            <p>
              <span class="address-button">
                <Icon name="sliders-horizontal" />
              </span>
              {host}
            </p>
            {refused !== "microphone" && <Permission kind="camera" />}
            {refused !== "camera" && <Permission kind="microphone" />}
          </div>
          <ol class="steps">
            <li>{t("denied.step1")}</li>
            <li>{t(`denied.step2.${refused}`)}</li>
          </ol>
          <p class="box good">
            <Icon name={refused === "camera" ? "mic" : refused === "both" ? "check" : "video"} />
            {t(`denied.still.${refused}`)}
          </p>
          <JoinForm call={call} kind="quiet" onRetry={() => void call.media.ask()} />
        </div>
      </div>
    </>
  );
}

/** A switch of the browser's own, as people will find it. */
function Permission({ kind }: { kind: "camera" | "microphone" }) {
  const { t } = useWords();
  return (
    <p class="address-switch">
      <Icon name={kind === "camera" ? "video" : "mic"} />
      {t(`device.${kind}`)}
      <i />
    </p>
  );
}
