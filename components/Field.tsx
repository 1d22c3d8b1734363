import type { ComponentChildren, JSX, Ref } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./Icon.tsx";

type Props = Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "label" | "size"> & {
  label: string;
  hint?: string;
  /** What is wrong, in words; null when nothing is. */
  error?: string | null;
  inputRef?: Ref<HTMLInputElement>;
  /** Stands beside the box. */
  children?: ComponentChildren;
};

/** A text field with its label above, and a hint or an error below. */
export function Field({ label, hint, error, inputRef, children, ...input }: Props) {
  const id = useId();
  const below = error ?? hint;
  return (
    <div class={error ? "field wrong" : "field"}>
      <label for={id}>{label}</label>
      <div class="field-row">
        <input
          type="text"
          autocomplete="off"
          {...input}
          id={id}
          ref={inputRef}
          aria-invalid={error ? "true" : undefined}
          aria-describedby={below ? `${id}-below` : undefined}
        />
        {children}
      </div>
      {below && (
        <p class="field-below" id={`${id}-below`} role={error ? "alert" : undefined}>
          {error && <Icon name="circle-alert" />}
          {below}
        </p>
      )}
    </div>
  );
}
