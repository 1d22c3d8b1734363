import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Link, Participant } from "../lib/call/model.ts";
import { Spinner } from "./Brand.tsx";
import { Icon } from "./Icon.tsx";
import { TapToHear } from "./TapToHear.tsx";
import { type Face, TileFrame } from "./TileFrame.tsx";
import type { Floating } from "./use_floating.ts";
import { Video } from "./Video.tsx";
import { useWords } from "./words.tsx";

/** What somebody else's tile shows. */
export function faceOf(person: Participant): Face {
  return {
    seat: person.seat,
    name: person.name.value,
    colour: person.colour.value,
    microphoneOn: person.microphoneOn.value,
    cameraOn: person.cameraOn.value,
    hand: person.hand.value,
    speaking: person.speaking.value,
    weak: person.weak.value,
    relayed: person.relayed.value,
    held: person.nameHeld.value,
  };
}

/** What stands on a person's tile for whoever looks at it. */
export type ToolsOf = (face: Face) => ComponentChildren;

/** Somebody else at the table. */
export function Tile(
  { person, speakerId, floating, staged, tools }: {
    person: Participant;
    speakerId: string;
    floating?: Floating;
    staged?: boolean;
    /** What may be done with the picture. */
    tools?: ToolsOf;
  },
) {
  const [play, setPlay] = useState<(() => void) | null>(null);
  const face = faceOf(person);
  const link = person.link.value;
  const troubled = link.is === "reconnecting" || link.is === "lost";
  return (
    <TileFrame face={face} troubled={troubled} floating={floating} staged={staged}>
      <Video
        stream={person.stream.value}
        speakerId={speakerId}
        volume={person.volume.value}
        onRefused={(again) => setPlay(() => again)}
      />
      {link.is !== "connected" && <LinkWords link={link} name={face.name} />}
      {tools?.(face)}
      {play && (
        <TapToHear
          onTap={() => {
            play();
            setPlay(null);
          }}
        />
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
