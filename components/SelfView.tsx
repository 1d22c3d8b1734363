import type { CallModel } from "../lib/call/model.ts";
import type { SeatId } from "../lib/protocol/ids.ts";
import { Disc } from "./Disc.tsx";
import { OwnVideo } from "./OwnVideo.tsx";
import { type Face, TileFrame } from "./TileFrame.tsx";
import type { ToolsOf } from "./Tile.tsx";
import type { Floating } from "./use_floating.ts";

/** What one's own tile shows. */
export function ownFace(call: CallModel, seat: SeatId): Face {
  return {
    seat,
    name: call.name.value,
    colour: call.colour.value,
    microphoneOn: call.media.microphone.value.is === "on",
    cameraOn: call.media.camera.value.is === "on",
    hand: call.hand.value,
    speaking: call.speaking.value,
  };
}

/** One's own tile: small over the other's picture in a call for two, else one like all. */
export function SelfView(
  { call, seat, floating, staged, tools }: {
    call: CallModel;
    seat: SeatId;
    floating?: Floating;
    staged?: boolean;
    tools?: ToolsOf;
  },
) {
  const face = ownFace(call, seat);
  return (
    <TileFrame face={face} self floating={floating} staged={staged}>
      <OwnVideo media={call.media} />
      {tools?.(face)}
    </TileFrame>
  );
}

/** Oneself on one's chair at the table. */
export function SeatedSelf({ call, seat }: { call: CallModel; seat: SeatId }) {
  const face = ownFace(call, seat);
  return (
    <div
      class="you"
      role="group"
      aria-label={face.name}
      data-peer={seat}
      data-self
      data-camera={face.cameraOn ? "on" : "off"}
    >
      <OwnVideo media={call.media} />
      {!face.cameraOn && <Disc name={face.name} colour={face.colour} />}
    </div>
  );
}
