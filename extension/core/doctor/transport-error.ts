/** The client's error after no transport worked is about all of them. */
import type { TransportName } from "../protocol/terms.ts";

/** The part about this one; the whole text, if it has no such parts. */
export function transportError(transport: TransportName, text: string): string {
  const part = new RegExp(
    `${transport} failed: (?:Error: )?(.*?)(?: (?:Error: )?(?:WebSockets|ServerSentEvents|LongPolling) failed: |$)`,
    "s",
  ).exec(text)?.[1];
  return part ?? text;
}
