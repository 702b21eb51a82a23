import { useEffect, useState } from "preact/hooks";
import { usePanel } from "../state/panel-state.ts";

/** The current time, updated a few times per second while `active`. */
export function useNow(active: boolean): number {
  const { source } = usePanel();
  const [now, setNow] = useState(() => source.now());
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(() => {
      setNow(source.now());
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [active, source]);
  return now;
}
