import type { ComponentChildren } from "preact";
import { type GoHome, Header } from "../Header.tsx";

interface Props {
  title: string;
  /** The table of this screen. */
  table: ComponentChildren;
  /** Beside the table, or below it in the middle. */
  place?: "beside" | "below";
  onHome?: GoHome;
  children: ComponentChildren;
}

/** A screen with one thing to say: the table, what happened, what to do. */
export function Message({ title, table, place = "beside", onHome, children }: Props) {
  return (
    <>
      <Header onHome={onHome} />
      <div class={`message ${place}`}>
        {table}
        <div class="message-words">
          <h1 tabIndex={-1}>{title}</h1>
          {children}
        </div>
      </div>
    </>
  );
}
