import type { ScenarioResult } from "../../extension/core/scenarios/result.ts";
import { summarize } from "../../extension/core/scenarios/scorecard.ts";
import { usePanel } from "../state/panel-state.ts";
import { Icon } from "../content/deferred-icons.tsx";
import { saveScorecard } from "../state/scenarios/scenario-files.ts";
import { scenariosOf, type ScenarioControl } from "../state/scenarios/scenario-control.ts";
import { verdictWord } from "../content/scenario-verdict.tsx";

/** The result of all scenarios for the page, and the button that runs them. */
export function ScorecardHead() {
  const panel = usePanel();
  const control = scenariosOf(panel);
  const { picked, all, running, card } = control;
  const results = card.value?.results ?? [];
  const chosen = all.value.filter(({ scenario }) => picked.value.has(scenario.name));
  const reason = control.reason.value;
  const busy = running.value !== null;
  const some = chosen.length > 0;
  return (
    <header class="scorecard">
      <div class="head">
        <h2 class="title">Scenarios</h2>
        <Strip results={results} all={all.value.map(({ scenario }) => scenario.name)} />
        <span class="grow" />
        <button
          class="btn"
          disabled={reason !== null || busy}
          aria-describedby={reason === null ? undefined : "scenario-reason"}
          data-testid="scenario-run-all"
          onClick={() => {
            void control.run((some ? chosen : all.value).map(({ scenario }) => scenario));
          }}
        >
          <Icon name="play" />
          {some ? `Run ${chosen.length} selected` : "Run all"}
        </button>
      </div>
      <p data-testid="scorecard-summary" class={results.length === 0 ? "soft" : ""}>
        {results.length === 0 ? "No scenarios run." : summarize(results).say}
      </p>
      {reason !== null && !busy && (
        <p class="reason" id="scenario-reason" data-testid="scenario-reason">
          <Icon name="note" />
          {reason}
        </p>
      )}
      {panel.source.pretends !== null && reason === null && <p class="dim">{panel.source.pretends}</p>}
      <Options control={control} />
      {results.length > 0 && (
        <div class="head links">
          <button
            class="link"
            data-testid="scorecard-compare"
            onClick={() => {
              control.beside.value = { show: "comparison" };
            }}
          >
            Compare…
          </button>
          <button
            class="link"
            data-testid="scorecard-export"
            onClick={() => {
              if (card.value) saveScorecard(card.value);
            }}
          >
            Export scorecard
          </button>
          <span class="grow" />
          {panel.shown.value?.imported == null && (
            <button class="link" disabled={busy} onClick={() => void control.forget()}>
              Clear results{" "}
            </button>
          )}
        </div>
      )}
    </header>
  );
}

/** The scenario results in short, shown beside the faults; a link to the scenarios. */
export function ScorecardTeaser() {
  const panel = usePanel();
  const control = scenariosOf(panel);
  const results = control.card.value?.results ?? [];
  return (
    <div class="head bar section teaser">
      <button
        class="link"
        data-testid="to-scenarios"
        onClick={() => {
          panel.tab.value = "scenarios";
          document.getElementById("tab-scenarios")?.focus();
        }}
      >
        Scenarios
      </button>
      <Strip results={results} all={control.all.value.map(({ scenario }) => scenario.name)} />
      <span class="grow" />
      <span class="dim">
        {results.length === 0
          ? "none run"
          : `${results.filter(({ verdict }) => verdict === "pass").length} of ${results.length} pass`}
      </span>
    </div>
  );
}

/** One segment for each scenario, in the order of the list. */
const Strip = ({ results, all }: { results: readonly ScenarioResult[]; all: readonly string[] }) => (
  <span class="score-strip" aria-hidden="true">
    {all.map((name) => {
      const verdict = results.findLast(({ scenario }) => scenario === name)?.verdict ?? "none";
      return <i key={name} class={verdict} title={verdictWord(verdict)} />;
    })}
  </span>
);

function Options({ control }: { control: ScenarioControl }) {
  const { faults } = usePanel();
  const { speed, hub, reloads, running } = control;
  const busy = running.value !== null;
  const hubs = new Map(
    faults.targets.value.flatMap((target) =>
      target.hub ? [[target.hub.url, target.hub.path] as const] : [],
    ),
  );
  return (
    <fieldset class="run-options" disabled={busy}>
      <legend class="vh">How to run</legend>
      <span class="seg" role="radiogroup" aria-label="Speed">
        {(["quick", "real"] as const).map((one) => (
          <label key={one} title={ABOUT[one]}>
            <input
              type="radio"
              name="scenario-speed"
              checked={speed.value === one}
              data-testid={`scenario-speed-${one}`}
              onChange={() => {
                speed.value = one;
              }}
            />
            {one === "quick" ? "Quick" : "Real time"}
          </label>
        ))}
      </span>
      {hubs.size > 1 && (
        <select
          class="select"
          aria-label="Target"
          value={hub.value ?? ""}
          data-testid="scenario-hub"
          onChange={(event) => {
            hub.value = event.currentTarget.value || null;
          }}
        >
          <option value="">Whole page</option>
          {[...hubs].map(([url, path]) => (
            <option key={url} value={url}>
              {path}
            </option>
          ))}
        </select>
      )}
      <label
        class="tick-row"
        title="Between scenarios, so that an app that gave up doesn't affect the next one"
      >
        <input
          type="checkbox"
          checked={reloads.value}
          onChange={(event) => {
            reloads.value = event.currentTarget.checked;
          }}
        />
        Reload if the app doesn't recover
      </label>
    </fieldset>
  );
}

const ABOUT = {
  quick: "Shortens long waits; the result lists which",
  real: "Every fault has its real duration",
} as const;
