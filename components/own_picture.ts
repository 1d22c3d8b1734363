import { useState } from "preact/hooks";
import type { Corner } from "./corners.ts";

/** How one sees oneself during a call; nobody else sees any of it. */
export interface OwnPicture {
  /** Hidden, a "Show me" stands in its corner. */
  readonly shown: boolean;
  /** In a call for two: large, with the other one small. */
  readonly large: boolean;
  readonly corner: Corner;
}

export type ChangeOwnPicture = (change: Partial<OwnPicture>) => void;

/** One's own picture as one wants it, for as long as one is inside. */
export function useOwnPicture(): [OwnPicture, ChangeOwnPicture] {
  const [own, setOwn] = useState<OwnPicture>({
    shown: true,
    large: false,
    corner: "bottom-right",
  });
  return [own, (change) => setOwn((before) => ({ ...before, ...change }))];
}
