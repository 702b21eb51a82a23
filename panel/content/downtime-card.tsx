/** The content of the card for one interruption, or for failed starts, in the panel and in the report. */
import { verdictOf } from "../../extension/core/diagnosis/diagnose.ts";
import { retryAfterWords } from "../../extension/core/diagnosis/retry-after.ts";
import type { Obstacle } from "../../extension/core/diagnosis/verdict.ts";
import { FAULTS } from "../../extension/core/faults/outlines.ts";
import type { Hang, Trouble } from "../../extension/core/diagnosis/hang.ts";
import type { FaultSpan, HubConnectionModel, InterruptionModel } from "../../extension/core/model/types.ts";
import { OUTCOME_WORD } from "../../extension/wording/labels.ts";
import { titleOf } from "../../extension/wording/titles.ts";
import { Attempts } from "./attempts.tsx";
import { Cost } from "./cost.tsx";
import { EvidenceList, FactList } from "./evidence.tsx";
import { Icon } from "./icon.tsx";
import { useContentContext } from "./content-context.ts";
import { PartHeading } from "./part-heading.tsx";
import { CodeTag, ConfidenceBars, SourceTag } from "./tags.tsx";

interface HeadProps {
  readonly one: Trouble;
  /** What hangs in one of its attempts. */
  readonly hang?: Hang | undefined;
  /** All faults that were injected into the same page. */
  readonly faults: readonly FaultSpan[];
}

/** The head of the card: the outcome and the cause. */
export function DowntimeHead({ one, hang, faults }: HeadProps) {
  const { now, headings } = useContentContext();
  const { card: Title } = headings;
  const verdict = verdictOf(one);
  return (
    <header class="card-head">
      <Title class="title">{titleOf(one, now)}</Title>
      <SourceTag knowledge={one.knowledge} long />
      {one.kind === "interruption" && <Ids interruption={one} />}
      <p class="verdict">
        <b class="wrap-any">{verdict.title}</b>
        <ConfidenceBars confidence={verdict.confidence} />
        <SourceTag knowledge={verdict.knowledge} long />
      </p>
      {one.faults.length > 0 && <Injected own={one.faults} faults={faults} />}
      {verdict.obstacle !== null && (
        <InTheWay obstacle={verdict.obstacle} named={one.kind !== "interruption"} />
      )}
      {hang !== undefined && <HangNote hang={hang} />}
    </header>
  );
}

/** The body of the card: evidence for the cause, connection attempts, and impact. */
export function DowntimeBody({ one, hub }: { readonly one: Trouble; readonly hub: HubConnectionModel }) {
  const verdict = verdictOf(one);
  return (
    <div class="card-body">
      <section>
        <PartHeading>Evidence</PartHeading>
        <EvidenceList verdict={verdict} />
        {verdict.clientCallbacks.length > 0 && (
          <>
            <PartHeading>Client callbacks</PartHeading>
            <FactList facts={verdict.clientCallbacks} testId="client-callbacks" />
          </>
        )}
      </section>
      <section>
        <Attempts one={one} hub={hub} />
        {one.kind === "interruption" && <Cost interruption={one} hub={hub} />}
      </section>
    </div>
  );
}

/** What prevented the connection, unless the title says it already, and how long the server asked the client to wait. */
function InTheWay({ obstacle, named }: { obstacle: Obstacle; named: boolean }) {
  const wait = retryAfterWords(obstacle);
  if (named && wait === null) return null;
  return (
    <p class="in-the-way" data-testid="obstacle" data-obstacle={obstacle.name}>
      <Icon name="warn" />
      <span>
        {!named && `Blocked by: ${obstacle.title}. `}
        {wait}
      </span>
    </p>
  );
}

function HangNote({ hang }: { hang: Hang }) {
  const { now } = useContentContext();
  return (
    <p class="in-the-way" data-testid="hang-note" data-step={hang.wait.step}>
      <Icon name="warn" />
      <span>
        {titleOf(hang, now)}. {verdictOf(hang).title}.
      </span>
    </p>
  );
}

function Ids({ interruption }: { interruption: InterruptionModel }) {
  const { idText } = useContentContext();
  const { connectionIdBefore: before, connectionIdAfter: after, outcome } = interruption;
  if (before === null && after === null) return null;
  return (
    <div class="ids">
      <span class="dim">connection id</span>
      <code title={before ?? undefined}>{before === null ? "unknown" : idText(before)}</code>
      <Icon name="right" />
      {after === null ? (
        <span class="soft">{OUTCOME_WORD[outcome]}</span>
      ) : (
        <>
          <code title={after}>{idText(after)}</code>
          {before !== null && (
            <CodeTag tone={after === before ? "good" : "warn"}>{after === before ? "same" : "new"}</CodeTag>
          )}
        </>
      )}
    </div>
  );
}

/** A note, in violet, that Hubscope injected the fault that caused this. */
function Injected({ own, faults }: { own: Trouble["faults"]; faults: readonly FaultSpan[] }) {
  const titles = own.flatMap((id) => {
    const span = faults.find(({ fault }) => fault === id);
    return span ? [FAULTS[span.command.name].title] : [];
  });
  return (
    <p class="injected-note">
      <Icon name="bolt" />
      Injected by Hubscope: {titles.join(", ") || "a fault"}
    </p>
  );
}
