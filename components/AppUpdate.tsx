import { useEffect, useState } from "preact/hooks";
import type { TakeUpdate } from "./app_update.ts";
import { Button } from "./Button.tsx";
import { useWords } from "./words.tsx";

/** By then the page stands, and whoever joins at once has joined. */
const LOOK_AFTER_MS = 4000;
/** As long as any notice over a call stays. */
const TOLD_FOR_MS = 6000;

/**
 * Says that a newer build is ready, and takes it when asked to. In a call it says so once and waits:
 * nothing is loaded anew under somebody who talks.
 */
export function AppUpdate({ inCall = false }: { inCall?: boolean }) {
  const { t } = useWords();
  const [take, setTake] = useState<TakeUpdate | null>(null);
  const [told, setTold] = useState(false);

  useEffect(() => {
    let stop = () => {};
    const timer = setTimeout(() => {
      import("./app_update.ts").then(({ onUpdate }) => {
        stop();
        stop = onUpdate((given) => setTake(() => given));
      }, () => {});
    }, LOOK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
  useEffect(() => {
    if (take === null || !inCall) return;
    setTold(false);
    const timer = setTimeout(() => setTold(true), TOLD_FOR_MS);
    return () => clearTimeout(timer);
  }, [take, inCall]);

  if (take === null || inCall && told) return null;
  return (
    <p class="update" role="status">
      {t(inCall ? "update.later" : "update.ready")}
      {!inCall && <Button size="small" kind="primary" onClick={take}>{t("update.take")}</Button>}
    </p>
  );
}
