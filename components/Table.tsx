import type { ComponentChildren } from "preact";
import { Disc } from "./Disc.tsx";
import type { Sitter } from "./seating.ts";

interface Props {
  /** Who sits where, clockwise from the bottom; null is a free chair. At most 16. */
  chairs: readonly (Sitter | null)[];
  /** Whether the bottom chair is yours and lit. */
  lit?: boolean;
  /** What sits on your chair instead of a disc, such as your picture. */
  you?: ComponentChildren;
  /** The word below your chair. */
  yourLabel?: string;
  /** Which screen it is for: the size follows. */
  size: "home" | "lobby" | "waiting" | "message" | "duo";
  /** Nothing works here: the lamp is out. */
  dark?: boolean;
  /** What lies on the table. */
  children?: ComponentChildren;
}

/**
 * The round table, the one picture of every screen. It only illustrates: the sentence beside it
 * says the same, so chairs are hidden from assistive technology; what lies on it and you are not.
 */
export function Table({ chairs, lit, you, yourLabel, size, dark, children }: Props) {
  return (
    <div class={`table-box table-${size}${dark ? " table-dark" : ""}`}>
      <ul class={`table seats-${chairs.length}`} role="presentation">
        <li class="table-top" role="presentation">
          <Veins />
          {children}
        </li>
        {chairs.map((sitter, i) => {
          const mine = i === 0 && you !== undefined;
          const kind = mine || sitter ? "taken" : "free";
          return (
            <li
              key={i}
              class={`seat ${kind}${i === 0 && lit ? " lit" : ""}`}
              role="presentation"
              aria-hidden={mine ? undefined : "true"}
            >
              <span class="chair" aria-hidden="true" />
              {mine ? you : sitter ? <Disc {...sitter} /> : <span class="rush" />}
              {i === 0 && yourLabel && <span class="seat-label">{yourLabel}</span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Veins of the marble. */
export function Veins() {
  return (
    <svg class="veins" viewBox="0 0 100 100" aria-hidden="true">
      <path d="M0 30 C 14 28 22 42 38 37 S 62 16 90 21" />
      <path d="M68 21 C 74 32 88 34 100 38" />
      <path d="M42 37 C 50 50 46 60 60 68 S 84 76 90 80" />
      <path d="M4 68 C 18 68 26 78 36 68 S 42 58 46 52" />
      <path d="M60 68 C 56 78 60 88 59 100" />
    </svg>
  );
}
