/**
 * Hands the recording of a document to the program that drives the browser when the document is left: a navigation ends it with all
 * that is in it. That program has defined a global function for it, or else nothing is handed over.
 */
import type { PageId } from "../../extension/core/ids.ts";

const NAME = "__hubscopeKeep";

/**
 * What is handed over is JSON: `{ page, recording }`, and before that `{ page }` as soon as the document has SignalR.
 * @param recordingText the file, as JSON
 */
export function handOverAtEnd(page: PageId, recordingText: () => string): { connected(): void } {
  let isSignalR = false;
  // Frames end with their page, and have recordings of their own.
  const isTop = window.top === window;
  const keep = (json: string): void => {
    const to: unknown = Reflect.get(window, NAME);
    if (isTop && typeof to === "function") Reflect.apply(to, window, [json]);
  };
  const handOver = (event: Event): void => {
    // Not one that a fault makes up.
    if (isSignalR && event.isTrusted) keep(`{"page":${JSON.stringify(page)},"recording":${recordingText()}}`);
  };
  // What is handed over at the very end may not arrive, as the document is gone by then: so this is done before, too.
  for (const phase of ["beforeunload", "pagehide"]) addEventListener(phase, handOver, { capture: true });
  return {
    connected() {
      if (isSignalR) return;
      isSignalR = true;
      keep(JSON.stringify({ page }));
    },
  };
}
