import type { CallModel } from "../lib/call/model.ts";
import { Tool, type ToolSpec } from "./Tool.tsx";
import { useNow } from "./use_now.ts";
import { useWords } from "./words.tsx";

interface Props {
  call: CallModel;
  /** The room, or whom one talks with. */
  title: string;
  middle: readonly ToolSpec[];
  /** Opens what has no place in a narrow tray. */
  more: ToolSpec;
  leave: ToolSpec;
  right: readonly ToolSpec[];
}

/** The one row of tools below the picture; a column at the right of a phone on its side. */
export function Tray({ call, title, middle, more, leave, right }: Props) {
  const { t } = useWords();
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
        <Tool tool={leave} />
      </div>
      <div class="tray-right">
        {right.map((tool) => <Tool key={tool.id} tool={tool} />)}
      </div>
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
