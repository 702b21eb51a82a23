import { useMemo } from "preact/hooks";
import type { Need } from "../../../extension/core/scenarios/scenario.ts";
import { shorten } from "../../../extension/core/scenarios/shorten.ts";
import { stepInWords } from "../../../extension/core/scenarios/step-words.ts";
import { usePanel } from "../../state/panel-state.ts";
import { duration } from "../../../extension/core/text/format.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import { copyOf } from "./editing.ts";
import { howLong, roundly } from "./how-long.ts";
import { ResultView } from "./result-view.tsx";
import { inJson, saveScenario } from "../../state/scenarios/scenario-files.ts";
import { scenariosOf, type Listed } from "../../state/scenarios/scenario-control.ts";
import { VerdictIcon } from "../../content/scenario-verdict.tsx";

const NEEDS: Readonly<Record<Need, string>> = {
  stateful: "stateful reconnect",
  "web-sockets": "a WebSocket",
  negotiate: "a negotiate",
  token: "an access token",
  circuit: "a Blazor Server circuit",
  chromium: "Chromium",
};

export function ScenarioView({ listed }: { listed: Listed }) {
  const control = scenariosOf(usePanel());
  const { scenario } = listed;
  const result = control.resultOf(scenario.name);
  const isRunning = control.running.value?.scenario === scenario;
  return (
    <article class="scenario-view" data-testid="scenario-view" data-scenario={scenario.name}>
      <div class="head wrap">
        <VerdictIcon verdict={isRunning ? "running" : (result?.verdict ?? "none")} />
        <h2 class="title">{scenario.title}</h2>
        {listed.own && <span class="badge">custom</span>}
        <span class="grow" />
        <Actions listed={listed} />
      </div>
      <p class="say">{scenario.say}</p>
      <About listed={listed} />
      {result && !isRunning && <ResultView result={result} />}
      <Steps listed={listed} />
    </article>
  );
}

function Actions({ listed: { scenario, own } }: { listed: Listed }) {
  const control = scenariosOf(usePanel());
  const { running, reason, all, beside } = control;
  const busy = running.value !== null;
  return (
    <>
      {own && (
        <>
          <button
            class="mini"
            aria-label="Delete this scenario"
            title="Delete this scenario"
            disabled={busy}
            data-testid="scenario-delete"
            onClick={() => void control.remove(scenario)}
          >
            <Icon name="trash" />
          </button>
          <button
            class="btn"
            data-testid="scenario-edit"
            onClick={() => {
              beside.value = { show: "editor", text: inJson(scenario), replaces: scenario.name };
            }}
          >
            Edit…
          </button>
        </>
      )}
      <button
        class="btn"
        data-testid="scenario-copy"
        onClick={() => {
          beside.value = { show: "editor", text: inJson(copyOf(scenario, all.value)), replaces: null };
        }}
      >
        {own ? "Duplicate…" : "Duplicate…"}
      </button>
      <button
        class="btn"
        data-testid="scenario-export"
        onClick={() => {
          saveScenario(scenario);
        }}
      >
        Export
      </button>
      <button
        class="btn inject"
        disabled={busy || reason.value !== null}
        title={reason.value ?? undefined}
        data-testid="scenario-run"
        onClick={() => {
          void control.run([scenario]);
        }}
      >
        <Icon name="play" />
        Run
      </button>
    </>
  );
}

function About({ listed: { scenario } }: { listed: Listed }) {
  const [real, quick] = useMemo(
    () => [howLong(scenario, "real"), howLong(scenario, "quick")] as const,
    [scenario],
  );
  const { needs = [], differs = [] } = scenario;
  const isShorter = quick.about < real.about || quick.max < real.max;
  return (
    <dl class="sees">
      <dt>Duration</dt>
      <dd>
        about {duration(roundly(real.about))}, at most {duration(real.max)}
        {isShorter
          ? `; quick mode about ${duration(roundly(quick.about))}, at most ${duration(quick.max)}`
          : "; same in quick mode"}
      </dd>
      {needs.length > 0 && (
        <>
          <dt>Requires</dt>
          <dd>{needs.map((need) => NEEDS[need]).join(", ")}</dd>
        </>
      )}
      {differs.length > 0 && (
        <>
          <dt>Limitations</dt>
          <dd>
            {differs.map((one) => (
              <p key={one}>{one}</p>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}

function Steps({ listed: { scenario } }: { listed: Listed }) {
  const control = scenariosOf(usePanel());
  const now = control.running.value;
  const isRunning = now?.scenario === scenario;
  const result = isRunning ? null : control.resultOf(scenario.name);
  const steps = useMemo(() => shorten(scenario, control.speed.value).steps, [scenario, control.speed.value]);
  const at = isRunning ? (now.progress?.step ?? -1) : -1;
  return (
    <section aria-labelledby="scenario-steps">
      <h3 class="section" id="scenario-steps">
        Steps <span class="dim">{steps.length}</span>
      </h3>
      <ol class="steps">
        {steps.map((step, i) => {
          const missed = result?.missed.find((one) => one.step === i);
          const state = isRunning ? (i < at ? "over" : i === at ? "now" : "") : "";
          return (
            <li key={i} class={`${step.do} ${state}`} aria-current={state === "now" ? "step" : undefined}>
              <span>{stepInWords(step)}</span>
              {missed && <span class="wrong-word">did not happen</span>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
