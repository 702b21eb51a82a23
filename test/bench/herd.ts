/**
 * `npm run bench:herd`: how long a million clients take to simulate, with several policies, and whether the simulation agrees with
 * 2,000 real clients on the ASP.NET Core server. `-- quick`: without those, `-- real`: only those.
 */
import type { HerdInput } from "../../extension/core/herd/herd-input.ts";
import { simulate } from "../../extension/core/herd/simulate.ts";
import { difference, type Pair } from "../harness/herd/compare.ts";
import { realRun } from "./herd/real-run.ts";
import { describeMachine } from "./machine.ts";

const WANTED = { milliseconds: 3_000, distance: 0.1, difference: 0.1 };
const ROUNDS = 3;
/** A refusal takes a few milliseconds, if there is a processor for it. */
const BUSY = 200;

const MILLION: HerdInput = {
  clients: 1_000_000,
  loss: { kind: "at-once" },
  policy: { kind: "list", delays: [0, 2_000, 10_000, 30_000], then: "give-up", jitter: "none" },
  restartAfter: null,
  restartTime: 0,
  negotiates: { perSecond: 1_000, burst: 1_000 },
  capacity: null,
  tokens: null,
  connectTime: { from: 100, to: 500 },
  refusalTime: 50,
  seed: 1,
  horizon: 3_600_000,
};
const exponential = {
  kind: "exponential",
  base: 1_000,
  cap: 30_000,
  attempts: null,
  jitter: "full",
} as const;

const CASES: readonly (readonly [string, Partial<HerdInput>])[] = [
  ["the client's default policy", {}],
  [
    "start() again every 5 s",
    { policy: { kind: "list", delays: [], then: "give-up", jitter: "none" }, restartAfter: 5_000 },
  ],
  ["exponential, full jitter", { policy: exponential }],
  ["fixed 5 s, full jitter", { policy: { kind: "fixed", delay: 5_000, attempts: null, jitter: "full" } }],
  ["drained over 10 min", { policy: exponential, loss: { kind: "drained", over: 600_000 } }],
  ["server back after 5 min", { policy: exponential, restartTime: 300_000 }],
  ["token service with a queue", { policy: exponential, tokens: { perSecond: 2_000, overload: "queue" } }],
  ["500 units", { policy: exponential, capacity: 500_000, horizon: 900_000 }],
];

const failures: string[] = [];

function timed(title: string, more: Partial<HerdInput>): void {
  const input = { ...MILLION, ...more };
  let best = Infinity;
  let attempts = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    attempts = simulate(input).totals.attempts;
    best = Math.min(best, performance.now() - from);
  }
  console.log(
    `${title.padEnd(28)} ${best.toFixed(0).padStart(6)} ms   ${(attempts / 1e6).toFixed(1).padStart(6)} million attempts`,
  );
  if (best > WANTED.milliseconds)
    failures.push(`${title}: ${best.toFixed(0)} ms, wanted ${WANTED.milliseconds}.`);
}

async function real(title: string, policy: HerdInput["policy"]): Promise<void> {
  const compared = await realRun(2_000, { policy, negotiates: { perSecond: 100, burst: 100 } });
  if (!compared) {
    console.log(`${title}: skipped: no .NET SDK`);
    return;
  }
  const { distance, half, most, gaveUp, input } = compared;
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
  const both = (pair: Pair | null, text: (n: number) => string): string =>
    pair ? `${text(pair.real)} real, ${text(pair.simulated)} simulated` : "not reached";
  console.log(
    [
      `2,000 real clients, ${title}:`,
      `  largest distance between the curves: ${(distance * 100).toFixed(1)} % of the clients`,
      `  50 % are back: ${both(half, seconds)}`,
      `  99 % are back: ${both(most, seconds)}`,
      `  gave up: ${both(gaveUp, (n) => n.toFixed(0))}`,
      `  measured: a connect takes ${input.connectTime.from} to ${input.connectTime.to} ms, a refusal ${input.refusalTime} ms`,
    ].join("\n"),
  );
  if (input.refusalTime > BUSY)
    console.log("  This machine is too busy for so many clients: their attempts wait for each other.");
  if (distance > WANTED.distance)
    failures.push(`${title}: the curves are ${(distance * 100).toFixed(1)} % apart.`);
  for (const [name, pair] of Object.entries({ half, most }))
    if (pair && difference(pair) > WANTED.difference)
      failures.push(`${title}: the time of ${name} differs by ${(difference(pair) * 100).toFixed(0)} %.`);
}

console.log(describeMachine("no browser"));
const wanted = process.argv[2];
if (wanted !== "real") {
  for (const [title, more] of CASES) timed(title, more);
  console.log(`memory: at most ${(process.resourceUsage().maxRSS / 1_024).toFixed(0)} MB, with Node itself`);
}
if (wanted !== "quick") {
  await real("full jitter, 10 s, then 20 s again and again", {
    kind: "list",
    delays: [10_000, 20_000],
    then: "repeat",
    jitter: "full",
  });
  await real("full jitter, gives up after three attempts", {
    kind: "list",
    delays: [8_000, 10_000, 12_000],
    then: "give-up",
    jitter: "full",
  });
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
