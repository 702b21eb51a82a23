/** The resilience scorecard of the shown page, now and as it was kept before. One per open panel. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { FindingResult } from "../../../extension/core/diagnosis/findings/find.ts";
import {
  judgeGuidance,
  type Checked,
  type PointResult,
} from "../../../extension/core/diagnosis/findings/guidance.ts";
import type { PanelState } from "../panel-state.ts";
import { scenariosOf } from "../scenarios/scenario-control.ts";
import { cardKey } from "../scenarios/user-data.ts";
import { readBaselines, withBaseline, type Baseline } from "./baselines.ts";
import { findingsOf } from "./findings-control.ts";
import { isOpen, type ListedFinding } from "./listed.ts";

export interface SheetControl {
  readonly points: ReadonlySignal<readonly PointResult[]>;
  /** null: none was kept. */
  readonly before: ReadonlySignal<Baseline | null>;
  /** Keeps the present scorecard to compare with. */
  keep(): Promise<void>;
  forget(): Promise<void>;
}

const controls = new WeakMap<PanelState, SheetControl>();

export function sheetOf(panel: PanelState): SheetControl {
  const known = controls.get(panel);
  if (known) return known;
  const control = createSheet(panel);
  controls.set(panel, control);
  return control;
}

/** With what the user has marked. What is gone is OK. */
function checkedOf(results: readonly FindingResult[], found: readonly ListedFinding[]): Checked[] {
  const listed = new Map(found.map((one) => [one.result.key, one]));
  return results.map((result): Checked => {
    const one = listed.get(result.key);
    if (!one) return { result, marked: null };
    if (one.state === "open" && !isOpen(one))
      return { result: { ...result, answer: { answer: "ok", say: "It is gone." } }, marked: null };
    return { result, marked: one.state === "open" ? null : one.state };
  });
}

function createSheet(panel: PanelState): SheetControl {
  const { source, notices } = panel;
  const findings = findingsOf(panel);
  const scenarios = scenariosOf(panel);
  const baselines = signal<readonly Baseline[]>([]);
  const page = computed(() => cardKey(panel.shown.value?.url ?? ""));
  const points = computed(() =>
    judgeGuidance(
      checkedOf(findings.results.value ?? [], findings.found.value),
      scenarios.card.value?.results ?? [],
    ),
  );
  source.userData("baselines").then(
    (stored) => {
      baselines.value = readBaselines(stored);
    },
    (error: unknown) => {
      notices.failed("Kept scorecards can't be read", error);
    },
  );
  const change = async (baseline: Omit<Baseline, "page"> | null): Promise<void> => {
    try {
      const key = page.peek();
      const stored = await source.changeUserData("baselines", (old) => withBaseline(old, key, baseline));
      baselines.value = readBaselines(stored);
    } catch (error) {
      notices.failed("The scorecard can't be kept", error);
    }
  };
  return {
    points,
    before: computed(() => baselines.value.find((one) => one.page === page.value) ?? null),
    keep: () =>
      change({
        at: source.now(),
        points: Object.fromEntries(points.peek().map(({ id, state }) => [id, state])),
      }),
    forget: () => change(null),
  };
}
