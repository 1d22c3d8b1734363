import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { SeatId } from "../lib/protocol/ids.ts";
import { Disc } from "./Disc.tsx";
import { Icon } from "./Icon.tsx";
import { type Floating, useFloating } from "./use_floating.ts";
import { useWords } from "./words.tsx";

/** What a tile shows of a person, whoever it is. */
export interface Face {
  readonly seat: SeatId;
  readonly name: string;
  readonly colour: number;
  readonly microphoneOn: boolean;
  readonly cameraOn: boolean;
  readonly hand: boolean;
  readonly speaking: boolean;
  /** Their connection is poor. */
  readonly weak?: boolean;
  /** Sound and picture go through a relay. */
  readonly relayed?: boolean;
  /** The name is theirs, by its key. */
  readonly held?: boolean;
}

interface Props {
  face: Face;
  self?: boolean;
  /** Lies small over the other's picture. */
  floating?: Floating;
  /** The picture is old. */
  troubled?: boolean;
  /** Has the stage. */
  staged?: boolean;
  children: ComponentChildren;
}

/** The frame round a picture: who it is, and what there is to say about them. */
export function TileFrame({ face, self, floating, troubled, staged, children }: Props) {
  const { t } = useWords();
  const ref = useRef<HTMLDivElement>(null);
  const floater = useFloating(ref, floating);
  const classes = [
    "tile",
    floating && `floating ${floating.corner}`,
    face.speaking && "speaking",
    troubled && "old",
    staged && "on-stage",
  ];
  return (
    <div
      ref={ref}
      class={classes.filter(Boolean).join(" ")}
      role="group"
      aria-label={face.name}
      data-peer={face.seat}
      data-self={self || undefined}
    >
      <div class="picture" data-camera={face.cameraOn ? "on" : "off"}>
        {children}
        {!face.cameraOn && <Disc name={face.name} colour={face.colour} />}
      </div>
      {!face.cameraOn && <span class="sr-only">{t("tile.cameraOff")}</span>}
      <Marks face={face} />
      {face.hand && (
        <p class="hand-up">
          <Icon name="hand" />
          <span>{t("tile.handUp")}</span>
        </p>
      )}
      <p class="chip">
        {face.microphoneOn ? face.speaking && <Bars /> : <Icon name="mic-off" class="alarm" />}
        {!face.microphoneOn && <span class="sr-only">{t("tile.muted")}</span>}
        <span class="chip-name">{face.name}</span>
        {face.held && (
          <span class="chip-held" title={t("tile.held")}>
            <Icon name="badge-check" />
            <span class="sr-only">{t("tile.held")}</span>
          </span>
        )}
        {self && <span class="chip-you">{t("tile.you")}</span>}
      </p>
      {floater && (
        <button
          type="button"
          class="grip"
          aria-label={t("self.move")}
          onClick={() => floater.current?.next()}
          onKeyDown={(event) => floater.current?.key(event)}
        />
      )}
    </div>
  );
}

/** How somebody's connection is, only if there is something to say. */
function Marks({ face: { weak, relayed } }: { face: Face }) {
  const { t } = useWords();
  if (!weak && !relayed) return null;
  return (
    <p class="marks">
      {weak && (
        <span title={t("tile.weak")}>
          <Icon name="wifi-high" class="weak" />
          <span class="sr-only">{t("tile.weak")}</span>
        </span>
      )}
      {relayed && (
        <span title={t("tile.relayed")}>
          <Icon name="waypoints" />
          <span class="sr-only">{t("tile.relayed")}</span>
        </span>
      )}
    </p>
  );
}

/** Three bars beside the name of who speaks. */
function Bars() {
  const { t } = useWords();
  return (
    <span class="bars">
      <i /> <i /> <i />
      <span class="sr-only">{t("tile.speaking")}</span>
    </span>
  );
}
