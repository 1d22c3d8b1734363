/** The icons in `static/icons.svg`, made by `tools/icons.ts`; a test holds both to one list. */
export const ICON_NAMES = [
  "arrow-left",
  "arrow-right",
  "badge-check",
  "check",
  "chevron-down",
  "circle-alert",
  "copy",
  "door-open",
  "ellipsis",
  "eye",
  "globe",
  "hand",
  "keyboard",
  "layout-dashboard",
  "link",
  "lock",
  "maximize",
  "message-square",
  "mic",
  "mic-off",
  "minimize",
  "moon",
  "mouse-pointer-2",
  "pause",
  "phone",
  "phone-incoming",
  "phone-missed",
  "phone-outgoing",
  "picture-in-picture-2",
  "pin",
  "pin-off",
  "play",
  "rotate-ccw",
  "screen-share",
  "screen-share-off",
  "search",
  "send-horizontal",
  "settings-2",
  "share-2",
  "sliders-horizontal",
  "switch-camera",
  "unplug",
  "user",
  "user-plus",
  "users",
  "video",
  "video-off",
  "volume-2",
  "waypoints",
  "wifi-high",
  "wifi-off",
  "x",
  "zoom-in",
  "zoom-out",
] as const;
export type IconName = typeof ICON_NAMES[number];

/** A drawing beside words that say the same: always hidden from assistive technology. */
export function Icon({ name, class: extra }: { name: IconName; class?: string }) {
  return (
    <svg class={extra ? `icon ${extra}` : "icon"} aria-hidden="true">
      <use href={`/icons.svg#${name}`} />
    </svg>
  );
}
