import { policyWords } from "../../../extension/wording/herd-words.ts";
import type { HerdRun, SimulatorControl } from "../../state/simulator/simulator-control.ts";
import { AttemptsChart } from "./attempts-chart.tsx";
import { lastMoment } from "./chart-data.ts";
import { FiguresTable, MomentsTable } from "./figures-table.tsx";
import { PastePolicy } from "./paste-policy.tsx";
import { ShareChart } from "./share-chart.tsx";
import { VARIANT_NAMES } from "./variants.ts";

export function Results({ control }: { control: SimulatorControl }) {
  const runs = control.runs.value;
  const failure = control.failure.value;
  if (failure !== null)
    return (
      <div class="nothing" role="alert">
        <p>The simulation failed: {failure}.</p>
      </div>
    );
  if (runs === null)
    return (
      <div class="nothing" aria-busy="true">
        <p>{control.progress.value === null ? "Nothing simulated yet." : "Simulating…"}</p>
      </div>
    );
  return (
    <div class={`herd-results ${control.stale.value ? "stale" : ""}`} data-testid="simulator-results">
      <h2 class="title">Simulated reconnects</h2>
      <FiguresTable runs={runs} />
      <Stopped runs={runs} />
      <ShareChart runs={runs} until={lastMoment(runs)} />
      <Attempts runs={runs} />
      <MomentsTable runs={runs} until={lastMoment(runs)} />
      <PastePolicy runs={runs} control={control} />
      <p class="dim">
        A model, not a measurement: see its limits in docs/simulator.md. Clients behave as @microsoft/signalr
        does; the service takes what is typed in, evenly, and everything else is free. With full jitter, a
        delay of 0 gets the next delay's range: otherwise all clients would still come at once.
      </p>
    </div>
  );
}

function Attempts({ runs }: { runs: readonly HerdRun[] }) {
  const until = lastMoment(runs);
  const most = Math.max(1, ...runs.map(({ result }) => result.peak.attempts));
  return (
    <section aria-labelledby="herd-attempts">
      <h3 class="section" id="herd-attempts">
        Attempts and refusals a second
      </h3>
      <div class="herd-columns">
        {runs.map((run) => (
          <figure key={run.variant} class={`herd-column of-${run.variant}`}>
            <figcaption>
              <b class="variant">{VARIANT_NAMES[run.variant]}</b>
              <span class="dim">{policyWords(run.input.policy)}</span>
            </figcaption>
            <AttemptsChart run={run} until={until} most={most} />
          </figure>
        ))}
      </div>
    </section>
  );
}

function Stopped({ runs }: { runs: readonly HerdRun[] }) {
  const stopped = runs.filter(({ result }) => result.stopped !== null);
  if (stopped.length === 0) return null;
  return (
    <p class="dim">
      {stopped.map(({ variant }) => VARIANT_NAMES[variant]).join(", ")}: the simulation ended before every
      client was connected or had given up (
      {stopped.some(({ result }) => result.stopped === "attempts")
        ? "too many attempts"
        : "see “Simulate at most”"}
      ).
    </p>
  );
}
