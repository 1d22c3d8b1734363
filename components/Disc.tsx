import { Icon } from "./Icon.tsx";

/** The first letter people know somebody by; an emoji stays whole. */
export function initialOf(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name);
  return first?.segment.toLocaleUpperCase() ?? "";
}

/** Somebody without a picture: their initial on their colour (0 to 7); nameless, a figure. */
export function Disc({ name, colour }: { name: string; colour: number }) {
  return (
    <span class={`disc colour-${colour}`} aria-hidden="true">
      {name === "" ? <Icon name="user" /> : initialOf(name)}
    </span>
  );
}
