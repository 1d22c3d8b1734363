import { useEffect, useState } from "preact/hooks";
import type { MediaModel } from "../lib/call/model.ts";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words.tsx";

const BARS = 28;
/** Above the noise of a quiet room: a voice at arm's length reads 0.1 and more. */
const VOICE_LEVEL = 0.06;

/** Shows that one is heard, before anybody else hears: bars, and the same in words. */
export function MicMeter({ media }: { media: MediaModel }) {
  const { t } = useWords();
  const on = media.microphone.value.is === "on";
  const level = media.level.value;
  const [heard, setHeard] = useState(false);

  // Once heard, a pause for breath is no reason to doubt it.
  useEffect(() => {
    if (!on) setHeard(false);
    else if (level > VOICE_LEVEL) setHeard(true);
  }, [on, level]);

  const lit = on ? Math.ceil(level * BARS) : 0;
  return (
    <div class={on ? "meter" : "meter off"}>
      <Icon name={on ? "mic" : "mic-off"} />
      <span class="meter-bars" aria-hidden="true">
        {Array.from({ length: BARS }, (_, i) => <i key={i} class={i < lit ? "lit" : undefined} />)}
      </span>
      <span class="meter-words">
        {t(on ? heard ? "meter.heard" : "meter.silent" : "meter.muted")}
      </span>
    </div>
  );
}
