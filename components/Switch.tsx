/** On or off, at once; the words say what is on. */
export function Switch(
  { label, hint, on, onChange }: {
    label: string;
    hint?: string;
    on: boolean;
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
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
