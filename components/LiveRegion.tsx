import { useEffect, useRef, useState } from "preact/hooks";
import type { CallModel, Notice } from "../lib/call/model.ts";
import { useWords } from "./words.tsx";

/** Says what happens, politely and once: what is shown as a notice and announced too, is one. */
export function LiveRegion({ call }: { call: CallModel }) {
  const { t } = useWords();
  const [said, setSaid] = useState<Notice | null>(null);
  const last = useRef<Notice | null>(null);

  const say = (notice: Notice | null) => {
    if (notice === null || notice === last.current) return;
    last.current = notice;
    setSaid(notice);
  };
  useEffect(() => say(call.announcement.value), [call.announcement.value]);
  useEffect(() => say(call.notice.value), [call.notice.value]);

  return <p class="sr-only" role="status">{said && t(said.key, said.values)}</p>;
}
