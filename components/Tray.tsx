import type { CallModel } from "../lib/call/model.ts";
import { Dialog } from "./Dialog.tsx";
import { Icon } from "./Icon.tsx";
import { Tool, type ToolSpec } from "./Tool.tsx";
import { cameraTool, handTool, leaveTool, microphoneTool } from "./tools.ts";
import { useNow } from "./use_now.ts";
import { useWords } from "./words.tsx";

/** What may lie open beside or over the stage; one at a time. */
export type Panel = "invite" | "settings" | "more" | null;

interface Props {
  call: CallModel;
  /** The room, or whom one talks with. */
  title: string;
  panel: Panel;
  onPanel: (panel: Panel) => void;
}

/** The one row of tools below the picture; a column at the right of a phone on its side. */
export function Tray({ call, title, panel, onPanel }: Props) {
  const words = useWords();
  const { t } = words;
  const open = (id: Exclude<Panel, null>) => () => onPanel(panel === id ? null : id);
  const opener = (
    id: Exclude<Panel, null>,
    icon: ToolSpec["icon"],
    name: string,
    from: ToolSpec["from"],
  ): ToolSpec => ({
    id,
    icon,
    name,
    word: name,
    from,
    expanded: panel === id,
    state: panel === id ? "on" : undefined,
    onPress: open(id),
  });

  const middle = [
    microphoneTool(call.media, words),
    cameraTool(call.media, words),
    handTool(call, words),
  ];
  const right = [
    opener("invite", "user-plus", t("tool.invite"), "desktop"),
    opener("settings", "settings-2", t("tool.settings"), "desktop"),
  ];
  const more = opener("more", "ellipsis", t("tool.more"), "phone");

  return (
    <section class="tray" aria-label={t("tool.toolbar")}>
      <p class="tray-title">
        <strong>{title}</strong>{" "}
        {call.joinedAt.value !== null && <Clock since={call.joinedAt.value} />}
      </p>
      <div class="tray-middle">
        {middle.map((tool) => <Tool key={tool.id} tool={tool} />)}
        <span class="tray-more">
          <Tool tool={more} />
        </span>
        <Tool tool={leaveTool(call, words)} />
      </div>
      <div class="tray-right">
        {right.map((tool) => <Tool key={tool.id} tool={tool} />)}
      </div>
      {panel === "more" && (
        <Dialog
          kind="sheet"
          title={t("more.title")}
          onClose={() => onPanel(null)}
        >
          <ul class="rows">
            {[...middle, ...right].filter(({ from }) => from !== "phone").map((tool) => (
              <li key={tool.id}>
                <button type="button" class={`row from-${tool.from}`} onClick={tool.onPress}>
                  <Icon name={tool.icon} />
                  {tool.name}
                </button>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </section>
  );
}

/** How long the call has lasted, as "4:31" or "1:04:31". */
function Clock({ since }: { since: number }) {
  const seconds = Math.max(0, Math.floor((useNow() - since) / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const text = hours > 0
    ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
  return <span class="clock" role="timer">{text}</span>;
}
