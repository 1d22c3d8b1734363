import { useMemo, useState } from "preact/hooks";
import type { CallModel, TogetherModel } from "../lib/call/model.ts";
import type { Picture } from "../lib/call/pointing.ts";
import type { Face } from "./TileFrame.tsx";
import { Icon } from "./Icon.tsx";
import { ownColour } from "./own_colour.ts";
import { PointerLayer } from "./PointerLayer.tsx";
import { useWords } from "./words.tsx";

interface Props {
  call: CallModel;
  together: TogetherModel;
  face: Face;
  /** One's own: as in a mirror, perhaps, and not to be pinned. */
  self?: boolean;
  /** Small, over another. */
  floats?: boolean;
}

/** What may be done with somebody's picture: put it on the stage, point at it. */
export function TileTools({ call, together, face, self = false, floats = false }: Props) {
  const { t } = useWords();
  const [points, setPoints] = useState(false);
  const { seat, name, cameraOn } = face;
  const picture = useMemo<Picture>(() => ({ seat, kind: "camera" }), [seat]);
  const pinned = together.pinned.value;
  const isPinned = pinned?.seat === seat && pinned.kind === "camera";
  const canPin = !self && (call.others.value.length > 1 || together.screens.value.length > 0);
  const canPoint = cameraOn && !floats;
  return (
    <>
      {cameraOn && (
        <PointerLayer
          call={call}
          together={together}
          picture={picture}
          fit="cover"
          mirrored={self && call.media.mirrored.value}
          points={points && canPoint}
        />
      )}
      {(canPin || canPoint) && (
        <p class="tile-tools">
          {canPin && (
            <button
              type="button"
              aria-label={t("tile.pin", { name })}
              title={t("tile.pin", { name })}
              aria-pressed={isPinned}
              onClick={() => together.pin(picture)}
            >
              <Icon name={isPinned ? "pin-off" : "pin"} />
            </button>
          )}
          {canPoint && (
            <button
              type="button"
              class={`pointer-${ownColour(call, together)}`}
              aria-label={t(self ? "tile.pointOwn" : "tile.point", { name })}
              title={t(self ? "tile.pointOwn" : "tile.point", { name })}
              aria-pressed={points}
              onClick={() => setPoints(!points)}
            >
              <Icon name="mouse-pointer-2" />
            </button>
          )}
        </p>
      )}
    </>
  );
}
