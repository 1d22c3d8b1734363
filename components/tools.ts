/** The tools of a call, as data: the tray, the sheet "More" and the lobby show the same ones. */
import type { CallModel, MediaModel, TogetherLater } from "../lib/call/model.ts";
import type { Translator } from "../lib/i18n/translate.ts";
import type { TalkHere } from "./talk_place.ts";
import type { ToolSpec } from "./Tool.tsx";
import type { Mode } from "./use_full_screen.ts";

/** Mute and unmute. */
export function microphoneTool(media: MediaModel, { t }: Translator): ToolSpec {
  const on = media.microphone.value.is === "on";
  return {
    id: "microphone",
    icon: on ? "mic" : "mic-off",
    name: t(on ? "tool.mute" : "tool.unmute"),
    word: t(on ? "tool.mute.word" : "tool.unmute.word"),
    shortcut: "M",
    state: on ? undefined : "off",
    from: "phone",
    onPress: () => void media.setMicrophone(!on),
  };
}

/** Start and stop the camera. */
export function cameraTool(media: MediaModel, { t }: Translator): ToolSpec {
  const on = media.camera.value.is === "on";
  return {
    id: "camera",
    icon: on ? "video" : "video-off",
    name: t(on ? "tool.stopCamera" : "tool.startCamera"),
    word: t("tool.camera.word"),
    shortcut: "V",
    state: on ? undefined : "off",
    from: "phone",
    onPress: () => void media.setCamera(!on),
  };
}

/** Raise and lower the hand. */
export function handTool(call: CallModel, { t }: Translator): ToolSpec {
  const up = call.hand.value;
  return {
    id: "hand",
    icon: "hand",
    name: t(up ? "tool.lowerHand" : "tool.raiseHand"),
    word: t("tool.hand.word"),
    shortcut: "H",
    state: up ? "up" : undefined,
    from: "tablet",
    onPress: () => call.setHand(!up),
  };
}

/** Share a screen, and stop; only where the browser can. */
export function shareTools({ together }: CallModel, { t }: Translator): ToolSpec[] {
  if (!together.canShare) return [];
  const on = together.model.value?.share.is.value === "on";
  return [{
    id: "share",
    icon: on ? "screen-share-off" : "screen-share",
    name: t(on ? "tool.stopSharing" : "tool.share"),
    word: t(on ? "tool.stopSharing.word" : "tool.share.word"),
    shortcut: "D",
    state: on ? "on" : undefined,
    from: "tablet",
    onPress: () => void toggleShare(together),
  }];
}

/** To be called in a press. */
export async function toggleShare(together: TogetherLater): Promise<void> {
  // Safari lets a screen be chosen in the press itself only: nothing is waited for that is here.
  const share = (together.model.value ?? await together.bring())?.share;
  if (share?.is.value === "on") share.stop();
  else await share?.start();
}

/** To the next way to see the call; only where there is another. */
export function viewTools({ together, others }: CallModel, { t }: Translator): ToolSpec[] {
  const model = together.model.value;
  if (!model || others.value.length === 0) return [];
  return [{
    id: "view",
    icon: "layout-dashboard",
    name: t("tool.view"),
    word: t("tool.view.word"),
    shortcut: "W",
    from: "wide",
    onPress: () => model.nextView(),
  }];
}

/** Leave the call; or end it for both, where it is one by name. */
export function leaveTool(
  call: CallModel,
  { t }: Translator,
  talk: TalkHere | null = null,
): ToolSpec {
  return {
    id: "leave",
    icon: "phone",
    name: t(talk ? "tool.hangUp" : "tool.leave"),
    word: t(talk ? "tool.hangUp" : "tool.leave.word"),
    from: "phone",
    danger: true,
    onPress: talk ? talk.hangUp : () => call.leave(),
  };
}

/** Turn to another camera; only where there is one, and it is on. */
export function flipTools(media: MediaModel, { t }: Translator): ToolSpec[] {
  if (!media.canFlip.value || media.camera.value.is !== "on") return [];
  return [{
    id: "flip",
    icon: "switch-camera",
    name: t("tool.flip"),
    word: t("tool.flip"),
    from: "more",
    onPress: () => void media.flip(),
  }];
}

/** The page over the whole screen; only where the browser can. */
export function fullScreenTools({ possible, on, toggle }: Mode, { t }: Translator): ToolSpec[] {
  if (!possible) return [];
  return [{
    id: "full-screen",
    icon: on ? "minimize" : "maximize",
    name: t(on ? "tool.fullScreenOff" : "tool.fullScreen"),
    word: t("tool.fullScreen.word"),
    shortcut: "F",
    state: on ? "on" : undefined,
    from: "wide",
    onPress: toggle,
  }];
}

/** The other one in a small window; only where the browser can, and somebody is there. */
export function smallWindowTools({ possible, on, toggle }: Mode, { t }: Translator): ToolSpec[] {
  if (!possible) return [];
  return [{
    id: "small-window",
    icon: "picture-in-picture-2",
    name: t("tool.smallWindow"),
    word: t("tool.smallWindow.word"),
    pressed: on,
    state: on ? "on" : undefined,
    from: "wide",
    onPress: toggle,
  }];
}

/** What may lie open beside or over the stage; one at a time. */
export type Panel = "invite" | "settings" | "chat" | "people" | "more" | "keys" | null;

/** Chat and people, where more than one's own company is wanted: open and close, and what is new. */
export function companyTools(
  { company }: CallModel,
  { t }: Translator,
  opens: { panel: Panel; onPanel: (panel: Panel) => void },
): ToolSpec[] {
  const unread = company.value?.chat.unread.value ?? 0;
  const knocks = company.value?.knocks.value.length ?? 0;
  const isDeaf = company.value?.deaf.value ?? false;
  const chat = panelTool({
    id: "chat",
    icon: "message-square",
    name: t("tool.chat"),
    from: "phone",
    ...opens,
  });
  const people = panelTool({
    id: "people",
    icon: "users",
    name: t("tool.people"),
    from: "tablet",
    ...opens,
  });
  return [
    {
      ...chat,
      shortcut: "C",
      badge: unread,
      about: unread > 0 ? t("tool.chat.unread", { count: unread }) : undefined,
    },
    {
      ...people,
      shortcut: "P",
      badge: knocks,
      ...isDeaf && { state: "off", about: t("people.deafHint") },
    },
  ];
}

/** Opens a panel, and closes it again. */
export function panelTool(
  { id, icon, name, from, panel, onPanel }:
    & Pick<ToolSpec, "icon" | "name" | "from">
    & { id: Exclude<Panel, null>; panel: Panel; onPanel: (panel: Panel) => void },
): ToolSpec {
  const isOpen = panel === id;
  return {
    id,
    icon,
    name,
    word: name,
    from,
    expanded: isOpen,
    state: isOpen ? "on" : undefined,
    onPress: () => onPanel(isOpen ? null : id),
  };
}
