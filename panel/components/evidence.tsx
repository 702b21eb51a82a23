import type { ComponentChildren } from "preact";
import type { Evidence, Verdict } from "../../extension/core/diagnosis/verdict.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import { usePanel } from "../state/panel-state.ts";
import { showOnTimeline } from "../state/show-on-timeline.ts";
import { clock } from "../../extension/core/text/format.ts";
import { LongText } from "./long-text.tsx";
import { SourceTag } from "./tags.tsx";

/** Facts in order of time; their times move the timeline's cursor. */
export const FactList = ({ facts, testId, children }: FactListProps) => (
  <ul class="evidence" data-testid={testId}>
    {facts.map(({ t, knowledge, text }, i) => (
      <li key={i}>
        <TimeLink t={t} />
        <SourceTag knowledge={knowledge} />
        <span>
          <LongText text={visibleText(text)} />
        </span>
      </li>
    ))}
    {children}
  </ul>
);

interface FactListProps {
  readonly facts: readonly Evidence[];
  readonly testId: string;
  readonly children?: ComponentChildren;
}

export const EvidenceList = ({ verdict: { evidence, ruledOut } }: { verdict: Verdict }) => (
  <FactList facts={evidence} testId="evidence">
    {ruledOut.length > 0 && (
      <li class="ruled">
        <span>Ruled out</span>
        <span>{ruledOut.join(", ")}</span>
      </li>
    )}
  </FactList>
);

/** @param hubKey of the connection that it is about, where that isn't the one that is selected */
export function TimeLink({ t, hubKey }: { t: number; hubKey?: string | null }) {
  const panel = usePanel();
  const point = (): void => {
    panel.view.cursor.value = t;
  };
  return (
    <button
      class="link time"
      title="Show on the timeline"
      onMouseEnter={point}
      onFocus={point}
      onClick={() => {
        showOnTimeline(panel, { from: t, ...(hubKey === undefined ? {} : { hubKey }) });
      }}
    >
      {clock(t, 3)}
    </button>
  );
}
