import { useEffect, useRef, useState } from "preact/hooks";
import type { CauseName } from "../../../extension/core/diagnosis/verdict.ts";
import { FAULTS } from "../../../extension/core/faults/outlines.ts";
import { hubName } from "../../../extension/core/model/hub-name.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { usePanel } from "../../state/panel-state.ts";
import type { FoundDowntime } from "../../state/selection.ts";
import { clock, duration, whole } from "../../../extension/core/text/format.ts";
import {
  CAUSE_WORD,
  HANG_WORD,
  lookOf,
  OUTCOME_WORD,
  startWord,
  STEP_WORD,
} from "../../../extension/wording/labels.ts";
import { useVerdicts } from "./slow-verdicts.ts";
import { useSteps } from "./steps.ts";

/** A note after the name of the connection, shown only for what is out of the ordinary. */
function note({ downtime }: FoundDowntime): string {
  const parts: string[] = [];
  if (downtime.faults.length > 0) parts.push("injected");
  if (downtime.kind === "failed-start") parts.push(startWord(downtime));
  else if (downtime.kind === "hang") parts.push(HANG_WORD[downtime.outcome]);
  else {
    if (downtime.outcome !== "reconnected") parts.push(OUTCOME_WORD[downtime.outcome]);
    const lost = downtime.pending.filter((call) => call.fate === "lost").length;
    if (lost > 0) parts.push(`${lost} lost`);
  }
  return parts.length > 0 ? ` · ${parts.join(" · ")}` : "";
}

/** The cause in a few words; a fault that Hubscope injected is named. */
function titleOf(
  { downtime, hub }: FoundDowntime,
  cause: CauseName | undefined,
  model: RecordingModel | undefined,
): string {
  if (downtime.kind === "failed-start") return "Failed start";
  if (downtime.kind === "hang") return STEP_WORD[downtime.wait.step];
  if (cause === undefined) return "…";
  if (cause === "injected") {
    const faults = model?.pages.find((page) => page.id === hub.page)?.faults ?? [];
    const fault = faults.find((one) => downtime.faults.includes(one.fault));
    if (fault) return FAULTS[fault.command.name].title;
  }
  return downtime.outcome === "resumed" ? "Resumed" : CAUSE_WORD[cause];
}

/** How many rows are listed, the newest first. A connection that breaks again and again all day makes thousands. */
const MAX = 200;

export function InterruptionList() {
  const panel = usePanel();
  const box = useRef<HTMLUListElement>(null);
  const all = panel.selection.downtimes.value;
  const selected = panel.selection.downtime.value?.downtime.key ?? null;
  const [shown, setShown] = useState(MAX);
  const at = all.findIndex((found) => found.downtime.key === selected);
  const hidden = Math.max(0, Math.min(all.length - shown, at < 0 ? Infinity : at));
  const from = useSteps(all.length, hidden, at);
  const listed = all.slice(from);
  const verdictOf = useVerdicts(listed.map(({ downtime }) => downtime));
  const now = panel.view.extent.value.to;

  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [selected]);

  const select = (found: FoundDowntime | undefined): void => {
    if (!found) return;
    panel.selection.select(found);
    panel.view.reveal(found.downtime.from, found.downtime.until ?? now);
  };
  return (
    <ul
      class="col ilist"
      ref={box}
      role="listbox"
      aria-label="Interruptions"
      tabIndex={0}
      aria-activedescendant={selected === null ? undefined : `i-${selected}`}
      onKeyDown={(event) => {
        const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        select(all[Math.max(0, Math.min(all.length - 1, to))]);
      }}
    >
      {hidden > 0 && (
        <li class="older" role="presentation">
          <button
            class="link"
            onClick={() => {
              setShown(shown + MAX);
            }}
          >
            {whole(hidden)} earlier
          </button>
        </li>
      )}
      {listed.map((found) => {
        const { downtime, hub } = found;
        const cause = verdictOf(downtime)?.cause;
        const title = titleOf(found, cause, panel.loaded.value?.model);
        return (
          <li
            key={downtime.key}
            id={`i-${downtime.key}`}
            role="option"
            aria-selected={downtime.key === selected}
            data-testid={`${downtime.kind}-row`}
            data-cause={cause}
            data-outcome={downtime.outcome}
            data-until={downtime.until ?? ""}
            data-path={hub.path}
            onClick={() => {
              select(found);
            }}
            onDblClick={() => {
              panel.view.set({ from: downtime.from - 2000, to: (downtime.until ?? now) + 2000 });
            }}
          >
            <span class={`mark ${lookOf(downtime)}`} />
            <span class="t ellip">{title}</span>
            <span>{duration((downtime.until ?? now) - downtime.from)}</span>
            <span class="where ellip">
              {clock(downtime.from)} · {hubName(hub)}
              {note(found)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
