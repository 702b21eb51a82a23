/** Runs one run, and reads its recording: of all its pages, up to the moment at which the run was over. */
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { until } from "../harness/browser/index.ts";
import { enactBlazor } from "../harness/situation/blazor-situation.ts";
import { enact, type World } from "../harness/situation/situation.ts";
import type { StoredRecording } from "../harness/stored.ts";
import type { FindingRun } from "./finding-run.ts";

/** The hook sends its events twice a second: what isn't there after this time doesn't come. */
const QUIET_MILLISECONDS = 1_200;

/** The clock of a page may be a little ahead. */
const MOMENT = 50;

/** The events of each page, in the order in which they were opened. */
export type Pages = readonly (readonly RecordedEvent[])[];

export async function record(world: World, run: FindingRun): Promise<Pages> {
  if (!("app" in run)) {
    const { happensToBlazor: provoke, ...scene } = run;
    return [endingNow(await enactBlazor(world.browser, { ...scene, provoke }), Date.now())];
  }
  const { app, client, happens, renamed, ...scene } = run;
  const pages = await enact(
    world,
    {
      ...scene,
      ...(client ? { client } : {}),
      starts: (page, name, settings) =>
        page.evaluate((which, as, given) => window.runApp(which, as, given), app, name, settings),
      begins: (page, name, settings) =>
        page.evaluate((which, as, given) => void window.runApp(which, as, given), app, name, settings),
    },
    happens,
    ({ stored }) => untilNow(stored),
  );
  return renamed ? pages.map((events) => events.map(onTheInternet)) : pages;
}

const onTheInternet = (event: RecordedEvent): RecordedEvent =>
  JSON.parse(JSON.stringify(event).replace(/\b127\.0\.0\.1:\d+/g, "board.example")) as RecordedEvent;

/** An app that goes on never becomes quiet: what happens from now on is left out. */
async function untilNow(stored: () => Promise<StoredRecording[]>): Promise<Pages> {
  const now = Date.now() + MOMENT;
  let known = 0;
  let changed = now;
  const pages = await until("the recording to be complete", async () => {
    const read = (await stored()).map(({ events }) => events.filter(({ t }) => t <= now));
    const count = read.flat().length;
    if (count !== known) changed = Date.now();
    known = count;
    return Date.now() - changed > QUIET_MILLISECONDS && read;
  });
  return pages.map((events, i) => (i === pages.length - 1 ? endingNow(events, now) : events));
}

/** As an export does it with a page that is open. */
function endingNow(events: readonly RecordedEvent[], now: number): readonly RecordedEvent[] {
  const last = events.at(-1);
  return last ? [...events, { kind: "still-open", seq: last.seq + 1, t: Math.max(now, last.t) }] : events;
}
