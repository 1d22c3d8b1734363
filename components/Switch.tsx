/** On or off, at once; the words say what is on. */
export function Switch(
  { label, hint, on, disabled, onChange }: {
    label: string;
    hint?: string;
    on: boolean;
    /** Another setting decides it. */
    disabled?: boolean;
    onChange: (on: boolean) => void;
  },
) {
  return (
    <label class="switch">
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-label={label}
        checked={on}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
