/**
 * Requests that failed for the page but stay open for the server for a while. They are limited, as browsers open only six
 * connections to a server over HTTP/1.1: with too many of them new requests would have to wait.
 */
import type { Milliseconds } from "../../../extension/core/units.ts";
import { clearNativeTimeout, nativeTimeout } from "../../hook/shared-with-tools.ts";

const MAX = 2;

const ends: (() => void)[] = [];

export function linger(end: () => void, time: Milliseconds): void {
  const timer = nativeTimeout(over, time);
  function over(): void {
    clearNativeTimeout(timer);
    const at = ends.indexOf(over);
    if (at >= 0) ends.splice(at, 1);
    end();
  }
  ends[ends.length] = over;
  if (ends.length > MAX) ends[0]?.();
}
