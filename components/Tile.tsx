import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Link, Participant } from "../lib/call/model.ts";
import type { SeatId } from "../lib/protocol/ids.ts";
import { Spinner } from "./Brand.tsx";
import { Disc } from "./Disc.tsx";
import { Icon } from "./Icon.tsx";
import { Video } from "./Video.tsx";
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
}

/** The frame round a picture: who it is, and what there is to say about them. */
export function TileFrame(
  { face, self, floating, troubled, children }: {
    face: Face;
    self?: boolean;
    /** Lies over the other's picture. */
    floating?: boolean;
    /** The picture is old. */
    troubled?: boolean;
    children: ComponentChildren;
  },
) {
  const { t } = useWords();
  const classes = ["tile", floating && "floating", face.speaking && "speaking", troubled && "old"];
  return (
    <div
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
        {self && <span class="chip-you">{t("tile.you")}</span>}
      </p>
    </div>
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

/** Somebody else at the table. */
export function Tile({ person, speakerId }: { person: Participant; speakerId: string }) {
  const { t } = useWords();
  const [play, setPlay] = useState<(() => void) | null>(null);
  const face: Face = {
    seat: person.seat,
    name: person.name.value,
    colour: person.colour.value,
    microphoneOn: person.microphoneOn.value,
    cameraOn: person.cameraOn.value,
    hand: person.hand.value,
    speaking: person.speaking.value,
  };
  const link = person.link.value;
  return (
    <TileFrame face={face} troubled={link.is === "reconnecting" || link.is === "lost"}>
      <Video
        stream={person.stream.value}
        speakerId={speakerId}
        onRefused={(again) => setPlay(() => again)}
      />
      {link.is !== "connected" && <LinkWords link={link} name={face.name} />}
      {play && (
        <button
          type="button"
          class="hear"
          onClick={() => {
            play();
            setPlay(null);
          }}
        >
          <Icon name="volume-2" />
          {t("tile.hear")}
        </button>
      )}
    </TileFrame>
  );
}

/** How the way to somebody stands, over their last picture. */
function LinkWords({ link, name }: { link: Exclude<Link, { is: "connected" }>; name: string }) {
  const { t } = useWords();
  return (
    <div class="link-words">
      {link.is === "lost" ? <Icon name="unplug" /> : <Spinner />}
      <strong>{t(`tile.${link.is}`, { name })}</strong>
      {link.is !== "connecting" && <span>{t(`link.${link.why}`)}</span>}
    </div>
  );
}
