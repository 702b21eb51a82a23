/** The phases of the soak, one after the other in the same browser. */
import { setTimeout as wait } from "node:timers/promises";
import { until } from "../../harness/browser/until.ts";
import type { Audit } from "./audit.ts";
import type { SoakServer } from "./serve.ts";
import type { Sample, SoakBrowser, SoakTab } from "./soak-browser.ts";

export interface SoakOptions {
  /** Length of the first phase; those with many connections and frames take a sixth of it. */
  readonly minutes: number;
  /** Messages per second. */
  readonly rate: number;
  readonly connections: number;
  readonly frames: number;
  readonly reconnects: number;
  /** Time between two samples, in seconds. */
  readonly every: number;
  readonly phases: readonly PhaseName[];
}

export const PHASES = ["long", "connections", "frames", "reconnects"] as const;
export type PhaseName = (typeof PHASES)[number];

export const WHOLE: SoakOptions = {
  minutes: 60,
  rate: 1_000,
  connections: 200,
  frames: 50,
  reconnects: 10_000,
  every: 60,
  phases: PHASES,
};

/** The same for CI, in half a minute. */
export const SHORT: SoakOptions = {
  minutes: 0.07,
  rate: 1_000,
  connections: 30,
  frames: 8,
  reconnects: 150,
  every: 1,
  phases: PHASES,
};

export interface Phase {
  readonly name: PhaseName;
  readonly title: string;
  readonly samples: readonly Sample[];
  /** Messages that the page received. */
  readonly received: number;
  readonly reconnects: number;
  readonly audit: Audit;
  /** Milliseconds until the panel that was opened at the end was complete; null: none was opened. */
  readonly panel: number | null;
}

/** In which so many samples are taken. */
const STEPS_OF_RECONNECTS = 10;
/** Until all that is recorded is stored. */
const STORED_WITHIN = 20_000;
const PANEL_STAYS = 1_000;

interface Plan {
  readonly name: PhaseName;
  readonly title: string;
  readonly connections: number;
  readonly frames: number;
  readonly perSecond: number;
  readonly run: (tab: SoakTab, sample: () => Promise<void>) => Promise<void>;
  readonly reconnects?: number;
  readonly opensPanel?: true;
}

export async function* soak(
  browser: SoakBrowser,
  server: SoakServer,
  options: SoakOptions,
  onSample: (sample: Sample) => void = () => undefined,
): AsyncGenerator<Phase> {
  for (const plan of plansFor(options).filter(({ name }) => options.phases.includes(name))) {
    await browser.clear();
    const tab = await browser.open(server.url(plan.frames));
    const samples: Sample[] = [];
    let begun = 0;
    const sample = async (): Promise<void> => {
      const taken = await browser.sample(tab, begun);
      samples.push(taken);
      onSample(taken);
    };
    await tab.start(plan.connections, plan.perSecond);
    begun = Date.now();
    await plan.run(tab, sample);
    let panel = null;
    if (plan.opensPanel) {
      panel = await browser.openPanel(tab, (await browser.audit()).invocations);
      await wait(PANEL_STAYS);
    }
    await tab.stop();
    const received = await tab.received();
    const reconnects = plan.reconnects ?? 0;
    const audit = await stored(browser, received, reconnects);
    yield { name: plan.name, title: plan.title, samples, received, reconnects, audit, panel };
    await tab.close();
  }
}

function plansFor({ minutes, rate, connections, frames, reconnects, every }: SoakOptions): Plan[] {
  const seconds = minutes * 60;
  const during =
    (length: number): Plan["run"] =>
    async (_tab, sample) => {
      const begun = Date.now();
      for (let i = 1; i * every <= Math.max(length, 2 * every); i++) {
        await wait(Math.max(0, begun + i * every * 1_000 - Date.now()));
        await sample();
      }
    };
  return [
    {
      name: "long",
      title: `${minutes} minutes at ${rate} messages a second, panel closed, then opened`,
      connections: 1,
      frames: 0,
      perSecond: rate,
      run: during(seconds),
      opensPanel: true,
    },
    {
      name: "connections",
      title: `${connections} connections, ${rate} messages a second together`,
      connections,
      frames: 0,
      perSecond: rate,
      run: during(seconds / 6),
    },
    {
      name: "frames",
      title: `${frames} frames with a connection each, ${rate} messages a second together`,
      connections: frames,
      frames,
      perSecond: rate,
      run: during(seconds / 6),
    },
    {
      name: "reconnects",
      title: `${reconnects} reconnects`,
      connections: 1,
      frames: 0,
      perSecond: 0,
      reconnects,
      async run(tab, sample) {
        for (let i = 0; i < STEPS_OF_RECONNECTS; i++) {
          await tab.reconnect(reconnects / STEPS_OF_RECONNECTS);
          await sample();
        }
      },
    },
  ];
}

/** Waits until the store has all, and returns what it has; also what it has when it never has all. */
async function stored(browser: SoakBrowser, received: number, reconnects: number): Promise<Audit> {
  let audit = await browser.audit();
  await until(
    "all to be stored",
    async () => {
      audit = await browser.audit();
      return audit.invocations + audit.dropped >= received && audit.reconnects >= reconnects;
    },
    STORED_WITHIN,
  ).catch(() => undefined);
  return audit;
}
