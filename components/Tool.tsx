import { Icon, type IconName } from "./Icon.tsx";

/** One tool of the call: a disc with its word under it. */
export interface ToolSpec {
  readonly id: string;
  readonly icon: IconName;
  /** What it does, in full; contains the word. */
  readonly name: string;
  readonly word: string;
  /** A key that does the same. */
  readonly shortcut?: string;
  /** Off: muted, camera off. On: its panel is open. Up: a raised hand. */
  readonly state?: "off" | "on" | "up";
  /** For what opens something: whether it is open. */
  readonly expanded?: boolean;
  /** For what stays on until it is pressed again under the same name. */
  readonly pressed?: boolean;
  /** The narrowest screen it stands in the tray of; on narrower ones it is under "More". */
  readonly from: "phone" | "tablet" | "desktop" | "wide" | "more";
  readonly danger?: boolean;
  /** How much is new behind it; nothing is shown of none. */
  readonly badge?: number;
  /** Said of it beside its name. */
  readonly about?: string;
  readonly onPress: () => void;
}

/** A tool in the tray, or on one's own picture in the lobby. */
export function Tool({ tool }: { tool: ToolSpec }) {
  const look = ["tool", `from-${tool.from}`, tool.state, tool.danger && "danger"];
  return (
    <button
      type="button"
      class={look.filter(Boolean).join(" ")}
      aria-label={tool.name}
      aria-keyshortcuts={tool.shortcut}
      aria-expanded={tool.expanded}
      aria-pressed={tool.pressed}
      aria-description={tool.about}
      onClick={tool.onPress}
    >
      <span class="tool-disc">
        <Icon name={tool.icon} />
        {!!tool.badge && <span class="badge" data-count={tool.badge} />}
      </span>
      <span class="tool-word" aria-hidden="true">{tool.word}</span>
    </button>
  );
}
