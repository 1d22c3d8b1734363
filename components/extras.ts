import { Asides } from "./Asides.tsx";
import { Floater } from "./floater.ts";
import { Insecure } from "./Insecure.tsx";
import { LobbySettings } from "./LobbySettings.tsx";
import { Panels } from "./Panels.tsx";
import { Denied } from "./screens/Denied.tsx";
import { Elsewhere } from "./screens/Elsewhere.tsx";
import { Ended } from "./screens/Ended.tsx";
import { Failed } from "./screens/Failed.tsx";
import { Full } from "./screens/Full.tsx";
import { Locked } from "./screens/Locked.tsx";
import { Waiting } from "./screens/Waiting.tsx";
import { placeStaged } from "./place_staged.ts";
import { ShareBar } from "./ShareBar.tsx";
import { ShareTile } from "./ShareTile.tsx";
import { openSmallWindow } from "./small_window.tsx";
import { TileTools } from "./TileTools.tsx";

/**
 * What nobody needs to reach a call: what opens over one, and the screens of those who are alone
 * or not in one. In one part, fetched once the call runs or when the first of it is needed.
 */
export const extras = {
  Asides,
  Denied,
  Elsewhere,
  Ended,
  Failed,
  Floater,
  Full,
  Insecure,
  LobbySettings,
  Locked,
  openSmallWindow,
  Panels,
  placeStaged,
  ShareBar,
  ShareTile,
  TileTools,
  Waiting,
};
export type Extras = typeof extras;
