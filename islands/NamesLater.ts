/**
 * No island, but the part of a page that comes once somebody has or takes a name: the phone, and
 * what home shows of it.
 */
// Loaded with it, so that a call can be answered at once.
import "./Room.tsx";
import { views } from "../components/calling.ts";
import type { CallingLater } from "../components/use_phone.ts";
import { colourOf } from "../lib/call/colours.ts";
import { browserEnv } from "../lib/call/mod.ts";
import { openPhone } from "../lib/call/names_mod.ts";

const later: CallingLater = {
  open: (texts, link) => openPhone(browserEnv(), texts, link),
  views,
  colourOf,
};

/** An object: every function that a file of this folder exports is an island. */
export default later;
