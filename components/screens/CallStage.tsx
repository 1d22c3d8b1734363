import { useEffect, useRef, useState } from "preact/hooks";
import type { ArrangeTiles } from "../../lib/call/layout.ts";
import type { CallModel } from "../../lib/call/model.ts";
import { Notice } from "../Notice.tsx";
import { useOwnPicture } from "../own_picture.ts";
import type { RoomPlace } from "../room_place.ts";
import type { TalkHere } from "../talk_place.ts";
import { Stage } from "../Stage.tsx";
import {
  cameraTool,
  companyTools,
  flipTools,
  fullScreenTools,
  handTool,
  leaveTool,
  microphoneTool,
  type Panel,
  panelTool,
  shareTools,
  smallWindowTools,
  toggleShare,
  viewTools,
} from "../tools.ts";
import { Tray } from "../Tray.tsx";
import { bringExtras, type FetchExtras, useExtras } from "../use_extras.ts";
import { useFullScreen } from "../use_full_screen.ts";
import { type Shortcuts, useKeys } from "../use_keys.ts";
import { useSmallWindow } from "../use_small_window.ts";
import { useWords } from "../words.tsx";

interface Props {
  call: CallModel;
  room: RoomPlace;
  talk?: TalkHere | null;
  arrange: ArrangeTiles;
  shortcuts: Shortcuts;
  fetchExtras: FetchExtras;
}

/** By then sound and picture have come; and if the network goes later, the extras are here. */
const EXTRAS_AFTER_MS = 5000;

/** Inside: the stage or, alone, the table; the tray below; at most one thing open. */
export function CallStage({ call, room, talk, arrange, shortcuts, fetchExtras }: Props) {
  const words = useWords();
  const { t } = words;
  const [panel, setPanel] = useState<Panel>(null);
  const [own, changeOwn] = useOwnPicture();
  const fullScreen = useFullScreen();
  const model = call.together.model.value;
  const others = call.others.value;
  const isShared = model?.share.is.value === "on" || others.some(({ screen }) => screen.value);
  const company = call.company.value;
  const isNews = !!company && (company.chat.unread.value > 0 || company.knocks.value.length > 0 ||
    company.question.value !== null || company.reactions.value.length > 0);
  const [extras] = useExtras(fetchExtras, panel !== null || isShared || isNews);
  const smallWindow = useSmallWindow(call, fetchExtras);
  useKeys(shortcuts, {
    hand: () => call.setHand(!call.hand.value),
    ...call.sends && { talk: () => call.pushToTalk(true) },
    help: () => setPanel("keys"),
    chat: () => setPanel(panel === "chat" ? null : "chat"),
    people: () => setPanel(panel === "people" ? null : "people"),
    ...call.together.canShare && { share: () => void toggleShare(call.together) },
    ...model && others.length > 0 && { view: () => model.nextView() },
    ...fullScreen.possible && { fullScreen: fullScreen.toggle },
  }, { talk: () => call.pushToTalk(false) });
  useEffect(() => {
    const bring = () => bringExtras(fetchExtras).catch(() => {}); // whoever needs them asks again
    const timer = setTimeout(bring, EXTRAS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    if (isShared) void call.together.bring();
  }, [isShared]);

  const title = room.isPrivate
    ? others.length === 1 ? others[0].name.value : t("room.unnamed")
    : room.name;
  const met = useRef(false);
  if (others.length > 0) met.current = true;

  const opens = { panel, onPanel: setPanel };
  const shares = shareTools(call, words);
  const hand = handTool(call, words);
  const [chat, people] = companyTools(call, words, opens);
  const right = [
    ...viewTools(call, words),
    ...smallWindowTools(smallWindow, words),
    ...fullScreenTools(fullScreen, words),
    panelTool({
      id: "invite",
      icon: "user-plus",
      name: t("tool.invite"),
      from: "desktop",
      ...opens,
    }),
    panelTool({
      id: "settings",
      icon: "settings-2",
      name: t("tool.settings"),
      from: "desktop",
      ...opens,
    }),
  ];
  return (
    <div class="stage">
      <div class="stage-middle">
        {model && extras && <extras.ShareBar together={model} />}
        {others.length > 0
          ? (
            <>
              <h1 class="sr-only" tabIndex={-1}>{title}</h1>
              <Stage call={call} arrange={arrange} own={own} onOwn={changeOwn} />
            </>
          )
          : extras && <extras.Waiting call={call} room={room} left={met.current} />}
        {company && extras && <extras.Asides company={company} knocks={panel !== "people"} />}
        <Notice notice={call.notice.value} />
        {talk?.kind === "watch" && call.notice.value === null && (
          <p class="notice plain" role="status">
            {t(talk.sends ? "talk.watched" : "talk.watching", { name: talk.with })}
          </p>
        )}
      </div>
      {panel && extras && (
        <extras.Panels
          panel={panel}
          onPanel={setPanel}
          call={call}
          room={room}
          shortcuts={shortcuts}
          own={own}
          onOwn={changeOwn}
          more={[...flipTools(call.media, words), ...shares, hand, people, ...right]}
        />
      )}
      <Tray
        call={call}
        title={title}
        middle={[
          ...call.sends ? [microphoneTool(call.media, words), cameraTool(call.media, words)] : [],
          ...shares,
          hand,
          chat,
          people,
        ]}
        more={panelTool({
          id: "more",
          icon: "ellipsis",
          name: t("tool.more"),
          from: "phone",
          ...opens,
        })}
        leave={leaveTool(call, words, talk)}
        right={right}
      />
    </div>
  );
}
