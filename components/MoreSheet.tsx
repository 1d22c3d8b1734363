import { Dialog } from "./Dialog.tsx";
import { Icon } from "./Icon.tsx";
import type { ToolSpec } from "./Tool.tsx";
import { useWords } from "./words.tsx";

/** What has no place in a narrow tray. */
export function MoreSheet(
  { tools, onClose }: { tools: readonly ToolSpec[]; onClose: () => void },
) {
  const { t } = useWords();
  return (
    <Dialog kind="sheet" title={t("more.title")} onClose={onClose}>
      <ul class="rows">
        {tools.map((tool) => (
          <li key={tool.id}>
            <button
              type="button"
              class={`row from-${tool.from}`}
              aria-pressed={tool.pressed}
              onClick={() => {
                onClose();
                tool.onPress();
              }}
            >
              <Icon name={tool.icon} />
              {tool.name}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
