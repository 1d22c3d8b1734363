import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words.tsx";

/** Below this width a panel lies over the stage as a sheet, and holds the focus. */
const SHEET_BELOW = "(max-width: 999px), (max-height: 479px)";

interface Props {
  /** A card in the middle, a sheet from below, or a panel beside the stage. */
  kind: "card" | "sheet" | "panel";
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

/**
 * Something opened for a while. It takes the focus, Esc or a click outside closes it, and the
 * focus goes back to where it was. Rendered only while it is open.
 */
export function Dialog({ kind, title, onClose, children }: Props) {
  const { t } = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();

  useEffect(() => {
    const dialog = ref.current!;
    const before = document.activeElement;
    if (kind === "panel" && !matchMedia(SHEET_BELOW).matches) dialog.show();
    else dialog.showModal();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={ref}
      class={`dialog ${kind}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      onClick={(event) => event.target === ref.current && onClose()}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" class="icon-button" aria-label={t("close")} onClick={onClose}>
            <Icon name="x" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
