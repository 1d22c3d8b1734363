import { useEffect, useState } from "preact/hooks";

const SECOND_MS = 1000;

/** The time in ms since 1970, every second; for clocks and countdowns on the screen. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
