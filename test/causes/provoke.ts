/** Runs one provocation of a page of the clients. */
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { settled } from "../harness/situation/settled.ts";
import { enact, type World } from "../harness/situation/situation.ts";
import type { Provocation } from "./provocation.ts";

/** @returns the events recorded of its newest page, with a note of when they were read if something may still wait then */
export const provoke = (world: World, provocation: Provocation): Promise<RecordedEvent[]> =>
  enact(world, provocation, provocation.provoke, async ({ stored, lastTold }) => {
    const events = await settled(async () => [...((await stored()).at(-1)?.events ?? [])], await lastTold());
    const last = events.at(-1);
    return provocation.waits && last
      ? [...events, { kind: "still-open", seq: last.seq + 1, t: Date.now() }]
      : events;
  });
