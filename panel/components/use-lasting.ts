import { useEffect, useState } from "preact/hooks";
import type { Milliseconds } from "../../extension/core/units.ts";

/** Whether it has been so for a while: what is over in a moment would only flicker. */
export function useLasting(is: boolean, from: Milliseconds): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!is) return;
    const timer = setTimeout(setLasting, from, true);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [is]);
  return is && lasting;
}
