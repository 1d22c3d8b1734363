import { Incoming } from "./names/Incoming.tsx";
import { MissedHere } from "./names/MissedHere.tsx";
import { Outgoing } from "./names/Outgoing.tsx";
import { People } from "./names/People.tsx";
import { Recent } from "./names/Recent.tsx";

/** What home shows to somebody with a name, and what rings. In one part, with the phone. */
export const views = { Incoming, MissedHere, Outgoing, People, Recent };
export type CallingViews = typeof views;
