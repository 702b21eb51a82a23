import { steps, type Outcome, type Step } from "./check-steps.ts";
import { isMain } from "./paths.ts";

/** `npm run check [-- step… [--fix]]`: all that can be said of the code without running it; lint and format can mend, too. */
async function main(args: string[]): Promise<number> {
  const fix = args.includes("--fix");
  const names = args.filter((arg) => arg !== "--fix");
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(
      `No such step: ${unknown.join(", ")}. There are ${steps.map(({ name }) => name).join(", ")}.`,
    );
    return 1;
  }
  let failed = 0;
  for (const step of steps) {
    if (names.length > 0 && !names.includes(step.name)) continue;
    const started = performance.now();
    const outcome = await run(step, fix);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const summary = outcome.summary === undefined ? "" : `  ${outcome.summary}`;
    console.log(`${outcome.ok ? "OK  " : "FAIL"} ${step.name} (${seconds} s)${summary}`);
    if (outcome.ok) continue;
    failed++;
    console.log(outcome.details?.trimEnd() ?? "");
  }
  return failed > 0 ? 1 : 0;
}

/** A step that breaks has failed; the others still have something to say. */
async function run(step: Step, fix: boolean): Promise<Outcome> {
  try {
    return await step.run(fix);
  } catch (error) {
    return { ok: false, details: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

if (isMain(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
