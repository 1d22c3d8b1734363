import type { PersonHere } from "../../lib/call/names_model.ts";
import type { IconName } from "../Icon.tsx";

/** What stands beside somebody's name. */
export const REACH_ICONS: Readonly<Record<PersonHere["reach"], IconName>> = {
  free: "video",
  busy: "phone",
  dnd: "moon",
};
