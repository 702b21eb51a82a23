/** Waits until everything that happened in a page is in its recording. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { until } from "../browser/index.ts";

/** The hook sends its events twice a second: after this time without events, nothing more follows. */
const QUIET_MILLISECONDS = 1_200;

/** A healthy connection continues to send pings, so they don't count. */
const isPing = (event: RecordedEvent): boolean =>
  event.kind === "counts" || (event.kind === "message" && event.type === 6);

/** Maximum time between a change of the client's state and the app's callback. */
const MOMENT = 50;

/** @param lastTold time of the app's last callback: the recording must reach it before it can be complete */
export async function settled(
  recorded: () => Promise<RecordedEvent[]>,
  lastTold: number,
): Promise<RecordedEvent[]> {
  let told = 0;
  let changed = Date.now();
  return until("the recording to be complete", async () => {
    const events = await recorded();
    const now = events.filter((event) => !isPing(event)).length;
    if (now !== told) changed = Date.now();
    told = now;
    return (
      events.some(({ t }) => t >= lastTold - MOMENT) && Date.now() - changed > QUIET_MILLISECONDS && events
    );
  });
}
