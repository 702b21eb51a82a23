import { useState } from "preact/hooks";
import type { Downtime, HubConnectionModel } from "../../../extension/core/model/types.ts";
import { reproduce } from "../../../extension/core/reproduction/reproduce.ts";
import { playwrightTest } from "../../../extension/export/playwright/playwright-test.ts";
import { PartHeading } from "../../content/part-heading.tsx";
import { copyText } from "../../state/copy-text.ts";
import { usePanel, type PanelState } from "../../state/panel-state.ts";
import { scenariosOf } from "../../state/scenarios/scenario-control.ts";

interface Props {
  readonly one: Downtime;
  readonly hub: HubConnectionModel;
}

/** Makes a test or a scenario of what was recorded. Give it the key of the interruption: what it says is about that one. */
export function Reproduce({ one, hub }: Props) {
  const panel = usePanel();
  const [said, say] = useState("");
  return (
    <>
      <PartHeading>Reproduce</PartHeading>
      <p class="links">
        <button class="link" onClick={() => void copyTest(one, hub).then(say)}>
          Copy as Playwright test
        </button>
        {one.kind === "interruption" && (
          <button class="link" onClick={() => void addScenario(panel, one).then(say)}>
            Add as scenario
          </button>
        )}
      </p>
      <p class="say" role="status" data-testid="reproduced">
        {said}
      </p>
    </>
  );
}

async function copyTest(one: Downtime, hub: HubConnectionModel): Promise<string> {
  const test = playwrightTest(one, hub);
  if (!test.ok) return `${test.why} ${test.instead}`;
  return (await copyText(test.text)) ? "Copied." : "The browser didn't allow it.";
}

/** @returns what to say; nothing when the scenario is shown */
async function addScenario(panel: PanelState, one: Downtime): Promise<string> {
  const again = reproduce(one);
  if (again.kind !== "scenario")
    return again.kind === "none" ? `${again.why} ${again.instead}` : "A failed start has no scenario.";
  const scenarios = scenariosOf(panel);
  // A failure is a notice.
  if (!(await scenarios.save(again.scenario, null))) return "";
  scenarios.chosen.value = again.scenario.name;
  scenarios.beside.value = { show: "scenario" };
  panel.tab.value = "scenarios";
  return "";
}
