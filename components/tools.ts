/** The tools of a call, as data: the tray, the sheet "More" and the lobby show the same ones. */
import type { CallModel, MediaModel } from "../lib/call/model.ts";
import type { Translator } from "../lib/i18n/translate.ts";
import type { ToolSpec } from "./Tool.tsx";

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
    from: "phone",
    onPress: () => call.setHand(!up),
  };
}

/** Leave the call. */
export function leaveTool(call: CallModel, { t }: Translator): ToolSpec {
  return {
    id: "leave",
    icon: "phone",
    name: t("tool.leave"),
    word: t("tool.leave.word"),
    from: "phone",
    danger: true,
    onPress: () => call.leave(),
  };
}
