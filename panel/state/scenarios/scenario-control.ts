/** The scenarios of a panel: the list, the running one, and the results. One per open panel, whatever recording is shown. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { BUILT_IN_SCENARIOS } from "../../../extension/core/scenarios/built-ins.ts";
import type { ScenarioResult } from "../../../extension/core/scenarios/result.ts";
import type { Scenario } from "../../../extension/core/scenarios/scenario.ts";
import type { Scorecard } from "../../../extension/core/scenarios/scorecard.ts";
import type { PanelState } from "../panel-state.ts";
import {
  cardKey,
  readCards,
  readOwn,
  withoutOwn,
  withoutPage,
  withOwn,
  type PageCards,
} from "./user-data.ts";
import { runAll, type Running } from "./run-all.ts";

export interface Listed {
  readonly scenario: Scenario;
  readonly own: boolean;
}

/** What is shown beside the list. */
export type Beside =
  | { readonly show: "scenario" }
  | { readonly show: "comparison" }
  /** `replaces`: the name of the edited scenario; null: a new one. */
  | { readonly show: "editor"; readonly text: string; readonly replaces: string | null };

export interface ScenarioControl {
  readonly all: ReadonlySignal<readonly Listed[]>;
  readonly chosen: Signal<string>;
  readonly picked: Signal<ReadonlySet<string>>;
  readonly speed: Signal<"real" | "quick">;
  /** Address of the hub to test; null: the whole page. */
  readonly hub: Signal<string | null>;
  /** Whether to reload the page between two scenarios if the first one has left it without a connection. */
  readonly reloads: Signal<boolean>;
  readonly beside: Signal<Beside>;
  readonly running: ReadonlySignal<Running | null>;
  /** The scorecard of the shown page or file. */
  readonly card: ReadonlySignal<Scorecard | null>;
  readonly before: ReadonlySignal<Scorecard | null>;
  /** A scorecard from a file to compare with; null: the previous results. */
  readonly other: Signal<{ readonly name: string; readonly card: Scorecard } | null>;
  /** Results of stopped runs. They say nothing about the page, and are in no scorecard. */
  readonly stopped: ReadonlySignal<ReadonlyMap<string, ScenarioResult>>;
  /** Why no scenario can be run; null: it can. */
  readonly reason: ReadonlySignal<string | null>;
  resultOf(name: string): ScenarioResult | null;
  run(scenarios: readonly Scenario[]): Promise<void>;
  stop(): void;
  /** @returns whether it was saved */
  save(scenario: Scenario, replaces: string | null): Promise<boolean>;
  remove(scenario: Scenario): Promise<void>;
  /** Removes the results of the shown page; can be undone. */
  forget(): Promise<void>;
}

const controls = new WeakMap<PanelState, ScenarioControl>();

/** Created on first use, as the panel doesn't need it in order to open. */
export function scenariosOf(panel: PanelState): ScenarioControl {
  const known = controls.get(panel);
  if (known) return known;
  const control = createScenarioControl(panel);
  controls.set(panel, control);
  return control;
}

function createScenarioControl(panel: PanelState): ScenarioControl {
  const { source, notices } = panel;
  const own = signal<readonly Scenario[]>([]);
  const cards = signal<readonly PageCards[]>([]);
  const running = signal<Running | null>(null);
  const stopped = signal<ReadonlyMap<string, ScenarioResult>>(new Map());
  const chosen = signal(BUILT_IN_SCENARIOS[0]?.name ?? "");
  const picked = signal<ReadonlySet<string>>(new Set());
  const beside = signal<Beside>({ show: "scenario" });
  const speed = signal<"real" | "quick">("quick");
  const hub = signal<string | null>(null);
  const reloads = signal(true);
  let stop = new AbortController();

  const all = computed<readonly Listed[]>(() => [
    ...BUILT_IN_SCENARIOS.map((scenario) => ({ scenario, own: false })),
    ...own.value.map((scenario) => ({ scenario, own: true })),
  ]);
  const page = computed(
    () => panel.shown.value?.pages.find((one) => one.page === panel.shown.value?.id) ?? null,
  );
  const entry = computed(() => {
    const shown = page.value;
    if (!shown || shown.imported !== undefined) return null;
    return cards.value.find((one) => one.page === cardKey(shown.url)) ?? null;
  });
  const card = computed(() => entry.value?.now ?? page.value?.scorecard ?? null);
  const reason = computed(() => {
    if (panel.readOnly.value !== null) return panel.readOnly.value;
    if (panel.faults.targets.value.length === 0) return "No SignalR connection on this page.";
    if (running.value === null && panel.faults.running.value.length > 0)
      return "Faults are active: undo them first, or the results are not valid.";
    return null;
  });

  const orNotice = async <T>(what: string, change: () => Promise<T>): Promise<T | null> => {
    try {
      return await change();
    } catch (error) {
      notices.failed(what, error);
      return null;
    }
  };
  void orNotice("Own scenarios and scorecards can't be read", async () => {
    const [scenarios, scorecards] = await Promise.all([
      source.userData("scenarios"),
      source.userData("scorecards"),
    ]);
    batch(() => {
      own.value = readOwn(scenarios);
      cards.value = readCards(scorecards);
    });
  });
  const changeOwn = async (what: string, change: (old: unknown) => unknown): Promise<boolean> => {
    const now = await orNotice(what, async () => readOwn(await source.changeUserData("scenarios", change)));
    if (now) own.value = now;
    return now !== null;
  };
  const changeCards = async (change: (old: unknown) => unknown): Promise<void> => {
    const now = await orNotice("The scorecard can't be kept", async () =>
      readCards(await source.changeUserData("scorecards", change)),
    );
    if (now) cards.value = now;
  };

  const control: ScenarioControl = {
    all,
    chosen,
    picked,
    speed,
    hub,
    reloads,
    beside,
    running,
    card,
    before: computed(() => entry.value?.before ?? null),
    other: signal(null),
    stopped,
    reason,
    resultOf: (name) =>
      stopped.value.get(name) ?? card.value?.results.findLast(({ scenario }) => scenario === name) ?? null,
    async run(scenarios) {
      const begun = panel.loaded.peek();
      const why = reason.peek();
      if (running.peek() !== null || scenarios.length === 0) return;
      if (!begun || why !== null) {
        notices.show({ tone: "bad", text: `Nothing can be run: ${why ?? "there is no page."}` });
        return;
      }
      stop = new AbortController();
      const signal = AbortSignal.any([stop.signal, panel.closing]);
      beside.value = { show: "scenario" };
      await runAll(panel, begun, scenarios, {
        speed: speed.peek(),
        // A hub that was chosen on another page may not exist on this one.
        hub: panel.faults.targets.peek().some((target) => target.hub?.url === hub.peek()) ? hub.peek() : null,
        reloads: reloads.peek(),
        signal,
        running,
        began: ({ name }) => {
          chosen.value = name;
        },
        ended: async (result, change) => {
          const others = new Map(stopped.peek());
          others.delete(result.scenario);
          if (result.verdict === "stopped") stopped.value = others.set(result.scenario, result);
          else {
            stopped.value = others;
            await changeCards(change);
          }
        },
      });
    },
    stop() {
      stop.abort();
    },
    save: (scenario, replaces) =>
      changeOwn("The scenario can't be kept", (old) => withOwn(old, scenario, replaces)),
    async remove(scenario) {
      const { name, title } = scenario;
      if (!(await changeOwn("The scenario can't be deleted", (old) => withoutOwn(old, name)))) return;
      if (chosen.peek() === name) chosen.value = BUILT_IN_SCENARIOS[0]?.name ?? "";
      picked.value = new Set([...picked.peek()].filter((one) => one !== name));
      undoable(`"${title}" was deleted.`, () => control.save(scenario, null));
    },
    async forget() {
      const old = entry.peek();
      if (!old) return;
      await changeCards((all) => withoutPage(all, old.page));
      stopped.value = new Map();
      undoable("The results of this page were forgotten.", () =>
        changeCards((all) => [old, ...withoutPage(all, old.page)]),
      );
    },
  };
  const undoable = (text: string, run: () => Promise<unknown>): void => {
    const id = notices.show({
      tone: "note",
      text,
      action: {
        label: "Undo",
        run: () => {
          notices.dismiss(id);
          void run();
        },
      },
    });
  };
  return control;
}
