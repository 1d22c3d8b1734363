/**
 * No island, but the part of a room that comes later: what looks after a running call, and what
 * opens over it or stands in its place.
 */
// Loaded long before. Named so that what both use stays in its file, and in no further one.
import "./Room.tsx";
import { extras } from "../components/extras.ts";
import { care, type Cared } from "../lib/call/care.ts";
import { browserScreen } from "../lib/call/env/screen.ts";

/** An object: every function that a file of this folder exports is an island. */
export default { extras, care: (cared: Cared) => care(cared, browserScreen) };
