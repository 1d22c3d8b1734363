/** All scenes, in the order in which they are played. */
import type { Scene } from "./scene.ts";
import { allAtOnce } from "./scenes/all_at_once.ts";
import { drained } from "./scenes/drained.ts";
import {
  addressChanged,
  networkLost10,
  networkLost40,
  wayLost10,
  wayLost40,
} from "./scenes/paths.ts";
import { closedOnOneSide, reloaded } from "./scenes/renewed.ts";
import { serverKilled } from "./scenes/server_killed.ts";
import { machineSlept, pageFrozen, pageFrozenLong } from "./scenes/slept.ts";
import { halfOpen, halfOpenOnline, socketCut } from "./scenes/socket_lost.ts";

export const SCENES: readonly Scene[] = [
  serverKilled,
  drained,
  halfOpen,
  halfOpenOnline,
  socketCut,
  addressChanged,
  networkLost10,
  networkLost40,
  wayLost10,
  wayLost40,
  pageFrozen,
  pageFrozenLong,
  machineSlept,
  reloaded,
  closedOnOneSide,
  allAtOnce,
];
