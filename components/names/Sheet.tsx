import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Sitter } from "../seating.ts";
import { Table } from "../Table.tsx";

interface Props {
  title: string;
  /** Under the title. */
  line?: ComponentChildren;
  /** Who sits at the left, and at the right; null is a free chair. */
  left: Sitter | null;
  right: Sitter | null;
  /** Whose chair is in rings. */
  rings: "left" | "right" | null;
  /** Esc; nothing happens by it unless told. */
  onEscape?: () => void;
  children: ComponentChildren;
}

/**
 * A call that rings, over whatever the page shows. The focus goes to its title, so that nobody who
 * is writing answers by mistake.
 */
export function Sheet({ title, line, left, right, rings, onEscape, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();

  useEffect(() => {
    const dialog = ref.current!;
    const before = document.activeElement;
    // Browsers close a dialog at the second Esc, whatever the page says.
    const stay = () => dialog.showModal();
    stay();
    dialog.querySelector("h2")?.focus();
    dialog.addEventListener("close", stay);
    return () => {
      dialog.removeEventListener("close", stay);
      dialog.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={ref}
      class="call-sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onEscape?.();
      }}
    >
      <div class={`duo rings-${rings ?? "none"}`} aria-hidden="true">
        <Table size="duo" chairs={[left, right]} lit />
      </div>
      <h2 id={id} tabIndex={-1}>{title}</h2>
      <div class="call-line" role="status">{line}</div>
      {children}
    </dialog>
  );
}
