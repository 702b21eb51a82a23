/** What a finding says: figures, moments, why it matters, and what to change. */
import type { FindingKind, Found } from "../../extension/core/diagnosis/findings/finding.ts";
import { measuredWords, WHERE_WORD } from "../../extension/wording/finding-words.ts";
import { counted } from "../../extension/core/text/format.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import { useContentContext } from "./content-context.ts";
import { Icon } from "./deferred-icons.tsx";
import { PartHeading } from "./part-heading.tsx";
import { Snippet } from "./snippet.tsx";

interface Props {
  readonly kind: Pick<FindingKind, "why" | "link">;
  readonly found: Found;
}

export function FindingBody({ kind, found }: Props) {
  const { Time, LongText } = useContentContext();
  return (
    <>
      {found.measured.length > 0 && (
        <dl class="measured" data-testid="finding-measured">
          {found.measured.map((one) => (
            <div key={one.label}>
              <dt>{one.label}</dt>
              <dd>{measuredWords(one)}</dd>
            </div>
          ))}
        </dl>
      )}
      {found.moments.length > 0 && (
        <>
          <PartHeading>Evidence</PartHeading>
          <ul class="evidence moments" data-testid="finding-moments">
            {found.moments.map(({ t, text, hubKey }, i) => (
              <li key={i}>
                <Time t={t} hubKey={hubKey} />
                <span>
                  <LongText text={visibleText(text)} />
                </span>
              </li>
            ))}
          </ul>
          {found.more > 0 && <p class="dim">and {counted(found.more, "later moment")}</p>}
        </>
      )}
      <PartHeading>Why it matters</PartHeading>
      <p class="say">
        {kind.why}{" "}
        <a class="read-on" href={kind.link} target="_blank" rel="noreferrer" title={kind.link}>
          Learn more <Icon name="link" small />
        </a>
      </p>
      <PartHeading>What to change</PartHeading>
      {found.changes.map(({ where, text, snippet }, i) => (
        <div key={i} class="change">
          <p class="say">
            <span class="badge">{WHERE_WORD[where]}</span> {visibleText(text)}
          </p>
          {snippet && <Snippet snippet={snippet} />}
        </div>
      ))}
    </>
  );
}
