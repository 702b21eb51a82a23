import { steps, type Outcome, type Step } from "./check-steps.ts";
import { isMain } from "./paths.ts";

const OPTIONS = ["--fix", "--slow", "--quick"];

/**
 * `npm run check [-- step… [--fix]]`: all static checks; lint and format can also fix. `--slow` and `--quick`: only those that may run
 * beside the tests, or only the others.
 */
async function main(args: string[]): Promise<number> {
  const fix = args.includes("--fix");
  const names = args.filter((arg) => !OPTIONS.includes(arg));
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(
      `No such step: ${unknown.join(", ")}. There are ${steps.map(({ name }) => name).join(", ")}.`,
    );
    return 1;
  }
  const chosen = steps.filter(
    ({ name, slow = false }) =>
      (names.length === 0 || names.includes(name)) && !args.includes(slow ? "--quick" : "--slow"),
  );
  let failed = 0;
  // Steps that change files run one at a time.
  for (const running of runAll(chosen, fix, fix ? 1 : AT_ONCE)) {
    const { step, outcome, seconds } = await running;
    const summary = outcome.summary === undefined ? "" : `  ${outcome.summary}`;
    console.log(`${outcome.ok ? "OK  " : "FAIL"} ${step.name} (${seconds.toFixed(1)} s)${summary}`);
    if (outcome.ok) continue;
    failed++;
    console.log(outcome.details?.trimEnd() ?? "");
  }
  return failed > 0 ? 1 : 0;
}

/** Lint takes as long as all other steps together. */
const AT_ONCE = 2;

interface Done {
  readonly step: Step;
  readonly outcome: Outcome;
  readonly seconds: number;
}

/**
 * Starts the steps in order, `atOnce` at a time.
 * @returns their results in that order
 */
function runAll(chosen: readonly Step[], fix: boolean, atOnce: number): readonly Promise<Done>[] {
  let running = 0;
  const waiting: (() => void)[] = [];
  const inTurn = async (step: Step): Promise<Done> => {
    if (running === atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    await done[chosen.findIndex(({ name }) => name === step.after)];
    const result = await timed(step, fix);
    const next = waiting.shift();
    if (next) next();
    else running--;
    return result;
  };
  const done: Promise<Done>[] = [];
  for (const step of chosen) done.push(inTurn(step));
  return done;
}

async function timed(step: Step, fix: boolean): Promise<Done> {
  const started = performance.now();
  const outcome = await run(step, fix);
  return { step, outcome, seconds: (performance.now() - started) / 1000 };
}

/** A step that throws has failed; the others still run. */
async function run(step: Step, fix: boolean): Promise<Outcome> {
  try {
    return await step.run(fix);
  } catch (error) {
    return { ok: false, details: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

if (isMain(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
