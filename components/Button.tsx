import type { ComponentChildren, JSX } from "preact";
import { Spinner } from "./Brand.tsx";
import { Icon, type IconName } from "./Icon.tsx";

interface Look {
  /** One primary per screen; red only ends or refuses. */
  kind?: "primary" | "quiet" | "outline" | "danger";
  size?: "small" | "big";
  icon?: IconName;
  children?: ComponentChildren;
}

function classOf({ kind = "quiet", size }: Look): string {
  return `button ${kind}${size ? ` ${size}` : ""}`;
}

type ButtonProps = Look & Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "size"> & {
  /** Under way: the label stays, presses are ignored. */
  busy?: boolean;
};

/** A button that does something here. */
export function Button(props: ButtonProps) {
  const { kind: _kind, size: _size, icon, busy = false, onClick, children, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      class={classOf(props)}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <Spinner /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

type LinkProps = Look & Omit<JSX.AnchorHTMLAttributes<HTMLAnchorElement>, "icon" | "size">;

/** Looks like a button, leads elsewhere. */
export function ButtonLink(props: LinkProps) {
  const { kind: _kind, size: _size, icon, children, ...rest } = props;
  return (
    <a {...rest} class={classOf(props)}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}
