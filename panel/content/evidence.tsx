import type { ComponentChildren } from "preact";
import type { Evidence, Verdict } from "../../extension/core/diagnosis/verdict.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import { useContentContext } from "./content-context.ts";
import { SourceTag } from "./tags.tsx";

interface FactListProps {
  readonly facts: readonly Evidence[];
  readonly testId: string;
  readonly children?: ComponentChildren;
}

/** A list of facts in chronological order. */
export function FactList({ facts, testId, children }: FactListProps) {
  const { Time, LongText } = useContentContext();
  return (
    <ul class="evidence" data-testid={testId}>
      {facts.map(({ t, knowledge, text }, i) => (
        <li key={i}>
          <Time t={t} />
          <SourceTag knowledge={knowledge} />
          <span>
            <LongText text={visibleText(text)} />
          </span>
        </li>
      ))}
      {children}
    </ul>
  );
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
