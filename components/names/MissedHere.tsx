import { useEffect, useRef, useState } from "preact/hooks";
import type { Calling } from "../use_phone.ts";
import { useWords } from "../words.tsx";

/** As long as any notice over a call. */
const TOLD_FOR_MS = 6000;

/** Who calls somebody in a call disturbs nobody: it is said in one line, for a moment. */
export function MissedHere({ phone }: Calling) {
  const { t } = useWords();
  const latest = phone.names.recent.value.find(({ missed }) => missed);
  const known = useRef(latest?.call);
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    if (latest === undefined || latest.call === known.current) return;
    known.current = latest.call;
    setName(latest.name);
    const timer = setTimeout(() => setName(null), TOLD_FOR_MS);
    return () => clearTimeout(timer);
  }, [latest?.call]);
  if (name === null) return null;
  return <p class="update" role="status">{t("calls.missedHere", { name })}</p>;
}
