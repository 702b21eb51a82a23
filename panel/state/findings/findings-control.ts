/** The findings of the shown recording: looked for again as events come, listed, marked. One per open panel. */
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import {
  isFound,
  resultOf,
  type FindingResult,
  type FoundResult,
} from "../../../extension/core/diagnosis/findings/find.ts";
import type { FindingGroup } from "../../../extension/core/diagnosis/findings/finding.ts";
import { historiesOf } from "../../../extension/core/diagnosis/findings/hub-history.ts";
import { FINDING_IDS } from "../../../extension/core/diagnosis/findings/registry.ts";
import { downtimesOf } from "../../../extension/core/model/downtimes-of.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import type { EpochMilliseconds, Milliseconds } from "../../../extension/core/units.ts";
import { NOT_LOOKED } from "../flagged.ts";
import type { LoadedRecording } from "../loaded-recording.ts";
import type { PanelState } from "../panel-state.ts";
import { hostOf } from "../recordings.ts";
import { scenariosOf } from "../scenarios/scenario-control.ts";
import { sliced } from "../sliced.ts";
import { watch } from "../watch.ts";
import { lookAgain } from "./look-again.ts";
import { foundBefore, readSeen, withSeen, type SiteSeen } from "./seen.ts";
import { flaggedOf, isOpen, listFindings, type ListedFinding } from "./listed.ts";
import { markKey, readMarks, withMark, type MarkKind, type SiteMarks } from "./marks.ts";

/** Which findings are listed. */
export type Shown = "open" | "gone" | "done" | "ignored" | "ok" | "cant-tell" | "not-applicable" | "error";

export interface FindingsControl {
  /** Of all checks. null: none was looked for yet. */
  readonly results: ReadonlySignal<readonly FindingResult[] | null>;
  /** What was found, worst first. */
  readonly found: ReadonlySignal<readonly ListedFinding[]>;
  /** When it was last found in an earlier recording of this site. null: never, as far as kept. */
  foundBefore(result: FindingResult): EpochMilliseconds | null;
  readonly show: Signal<Shown>;
  /** null: all. */
  readonly group: Signal<FindingGroup | null>;
  readonly text: Signal<string>;
  /** Key of a result; null: the first one that is listed. */
  readonly chosen: Signal<string | null>;
  /** The scorecard is shown in place of a finding. */
  readonly sheet: Signal<boolean>;
  /** Shows an open finding in its tab, whatever is filtered. */
  open(key: string): void;
  /** Marks it for this site, and offers to undo that. null: takes the mark away. */
  mark(result: FindingResult, title: string, as: MarkKind | null): Promise<void>;
  readonly dispose: () => void;
}

const controls = new WeakMap<PanelState, FindingsControl>();

export function findingsOf(panel: PanelState): FindingsControl {
  const known = controls.get(panel);
  if (known) return known;
  const control = createFindings(panel);
  controls.set(panel, control);
  return control;
}

/** What lasts becomes a finding without further events. */
const LIVE_EVERY: Milliseconds = 10_000;

export const stateOf = (one: ListedFinding): Shown =>
  one.state !== "open" ? one.state : isOpen(one) ? "open" : "gone";

/** Small steps of the work. Verdicts are made one by one before the checks that need all of them: they are remembered. */
function* steps(
  model: RecordingModel,
  now: EpochMilliseconds,
  since?: EpochMilliseconds,
): Generator<() => FindingResult | null> {
  for (const hub of model.hubs)
    for (const one of downtimesOf(hub))
      yield () => {
        verdictOf(one);
        return null;
      };
  for (const history of historiesOf(model, now, since))
    for (const id of FINDING_IDS) yield () => resultOf(id, history);
}

function createFindings(panel: PanelState): FindingsControl {
  const { source, notices, loaded } = panel;
  const results = signal<readonly FindingResult[] | null>(null);
  const marks = signal<readonly SiteMarks[]>([]);
  const show = signal<Shown>("open");
  const group = signal<FindingGroup | null>(null);
  const text = signal("");
  const chosen = signal<string | null>(null);
  const sheet = signal(false);
  const scenarios = scenariosOf(panel);
  const site = computed(() => hostOf(panel.shown.value?.url ?? ""));
  /** The clock of what is still going on. Not a signal: a new time alone is no reason to list again. */
  let now: EpochMilliseconds = 0;

  const seen = signal<readonly SiteSeen[]>([]);
  const ownSeen = computed(() => seen.value.find((one) => one.site === site.value)?.seen ?? []);
  const found = computed(() => {
    const recording = loaded.value;
    const all = results.value;
    if (!recording || all === null) return [];
    const own = marks.value.find((one) => one.site === site.value)?.marks ?? [];
    return listFindings(all, recording.model, now, scenarios.card.value?.results ?? [], own, ownSeen.value);
  });

  const look = async (isStale: () => boolean): Promise<Milliseconds> => {
    const recording = loaded.peek();
    if (!recording) return 0;
    const { model } = recording;
    const since = panel.cleared.at.peek();
    now = panel.isLive.peek() ? Math.max(model.to, source.now()) : model.to;
    const slices = sliced();
    const all: FindingResult[] = [];
    let took = 0;
    for (const step of steps(model, now, since === 0 ? undefined : since)) {
      const began = performance.now();
      const result = step();
      took += performance.now() - began;
      if (result) all.push(result);
      await slices.next();
      if (isStale()) return took;
    }
    results.value = all;
    if (panel.shown.peek()?.imported === null) remember(all.filter(isFound), model.from);
    return took;
  };
  /** Writes only what is new, as every look would. */
  const remember = (all: readonly FoundResult[], begin: EpochMilliseconds): void => {
    const fresh = all.flatMap((result) => {
      const [key, at] = [markKey(result), result.answer.lastAt];
      return ownSeen.peek().some((one) => one.key === key && one.at >= at) ? [] : [{ key, at }];
    });
    if (fresh.length === 0) return;
    source
      .changeUserData("findings-seen", (old) => withSeen(old, site.peek(), fresh, begin))
      .then((stored) => {
        seen.value = readSeen(stored);
      })
      // It is a convenience: the finding itself is shown.
      .catch(() => undefined);
  };
  const again = lookAgain(look);
  let last: LoadedRecording | null = null;
  const stop = effect(() => {
    const recording = loaded.value;
    if (recording !== last) {
      last = recording;
      again.forget();
      results.value = null;
    }
    if (!recording || recording.version.value === 0 || panel.reading.value !== null) return;
    watch(panel.cleared.at);
    again.wanted();
  });
  const timer = setInterval(() => {
    if (panel.isLive.peek()) again.wanted();
  }, LIVE_EVERY);
  const stopFlags = effect(() => {
    panel.flagged.value = results.value === null ? NOT_LOOKED : flaggedOf(found.value);
  });

  const change = async (key: string, as: MarkKind | null): Promise<boolean> => {
    try {
      const mark = as === null ? null : { as, at: Math.max(now, source.now()) };
      const stored = await source.changeUserData("findings", (old) => withMark(old, site.peek(), key, mark));
      marks.value = readMarks(stored);
      return true;
    } catch (error) {
      notices.failed("The mark can't be kept", error);
      return false;
    }
  };
  Promise.all([source.userData("findings"), source.userData("findings-seen")]).then(
    ([marked, was]) => {
      batch(() => {
        marks.value = readMarks(marked);
        seen.value = readSeen(was);
      });
    },
    (error: unknown) => {
      notices.failed("Marked findings can't be read", error);
    },
  );

  return {
    results,
    found,
    foundBefore: (result) => foundBefore(ownSeen.value, markKey(result), loaded.value?.model.from ?? 0),
    show,
    group,
    text,
    chosen,
    sheet,
    open(key) {
      batch(() => {
        show.value = "open";
        group.value = null;
        text.value = "";
        chosen.value = key;
        sheet.value = false;
        panel.tab.value = "findings";
      });
    },
    async mark(result, title, as) {
      const key = markKey(result);
      const before = marks.peek().find((one) => one.site === site.peek())?.marks;
      const old = before?.find((one) => one.key === key)?.as ?? null;
      if (!(await change(key, as)) || as === null) return;
      const id = notices.show({
        tone: "note",
        text: as === "done" ? `"${title}" is marked as done.` : `"${title}" is ignored on ${site.peek()}.`,
        action: {
          label: "Undo",
          run: () => {
            notices.dismiss(id);
            void change(key, old);
          },
        },
      });
    },
    dispose() {
      again.forget();
      clearInterval(timer);
      stop();
      stopFlags();
    },
  };
}
