import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

/** A choice from a list of `<option>`s, with its name above it; on phones, beside it. */
export function Picker(
  { icon, label, value, onChoose, children }: {
    icon: IconName;
    label: string;
    value: string;
    onChoose: (value: string) => void;
    children: ComponentChildren;
  },
) {
  return (
    <label class="picker">
      <Icon name={icon} />
      <span class="picker-label">{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {children}
      </select>
      <Icon name="chevron-down" class="picker-arrow" />
    </label>
  );
}
