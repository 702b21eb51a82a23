import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import type { ComponentChildren } from "preact";
import type { FaultId, PageId } from "../../../extension/core/ids.ts";
import { FAULTS } from "../../../extension/core/faults/outlines.ts";
import { retryAfterWords } from "../../../extension/core/diagnosis/obstacles.ts";
import type {
  Downtime,
  FailedStartModel,
  HubConnectionModel,
  InterruptionModel,
} from "../../../extension/core/model/types.ts";
import type { Obstacle } from "../../../extension/core/diagnosis/verdict.ts";
import { WindowCountdown } from "../../components/window-countdown.tsx";
import { usePanel } from "../../state/panel-state.ts";
import type { FoundDowntime } from "../../state/selection.ts";
import { shortId } from "../../../extension/core/text/format.ts";
import { Icon } from "../../components/icon.tsx";
import { CodeTag, ConfidenceBars, SourceTag } from "../../components/tags.tsx";
import { OUTCOME_WORD } from "../../../extension/wording/labels.ts";
import { Attempts } from "./attempts.tsx";
import { CloseUp } from "./attempt-chart.tsx";
import { Cost } from "./cost.tsx";
import { EvidenceList, FactList } from "../../components/evidence.tsx";
import { titleOf } from "../../../extension/wording/titles.ts";

export function DowntimeCard({ found: { downtime, hub } }: { found: FoundDowntime }) {
  return downtime.kind === "interruption" ? (
    <InterruptionCard interruption={downtime} hub={hub} />
  ) : (
    <FailedStartCard start={downtime} hub={hub} />
  );
}

function InterruptionCard({
  interruption,
  hub,
}: {
  interruption: InterruptionModel;
  hub: HubConnectionModel;
}) {
  return (
    <Card
      one={interruption}
      hub={hub}
      testId="interruption-card"
      name="Interruption"
      ids={<Ids interruption={interruption} />}
    >
      <Cost interruption={interruption} hub={hub} />
    </Card>
  );
}

const FailedStartCard = ({ start, hub }: { start: FailedStartModel; hub: HubConnectionModel }) => (
  <Card one={start} hub={hub} testId="failed-start-card" name="Failed start" />
);

interface CardProps {
  readonly one: Downtime;
  readonly hub: HubConnectionModel;
  readonly testId: string;
  readonly name: string;
  readonly ids?: ComponentChildren;
  /** After the attempts. */
  readonly children?: ComponentChildren;
}

function Card({ one, hub, testId, name, ids, children }: CardProps) {
  const panel = usePanel();
  const { outcome, knowledge } = one;
  const verdict = verdictOf(one);
  return (
    <article
      class="col card"
      data-testid={testId}
      data-cause={verdict.cause}
      data-confidence={verdict.confidence}
      data-outcome={outcome}
      aria-label={`${name} of ${hub.path}`}
      tabIndex={-1}
    >
      <header class="card-head">
        <h2 class="title">{titleOf(one, panel.view.extent.value.to)}</h2>
        <SourceTag knowledge={knowledge} long />
        {ids}
        <p class="verdict">
          <b class="wrap-any">{verdict.title}</b>
          <ConfidenceBars confidence={verdict.confidence} />
          <SourceTag knowledge={verdict.knowledge} long />
        </p>
        {one.faults.length > 0 && <Injected page={hub.page} faults={one.faults} />}
        {verdict.obstacle !== null && (
          <InTheWay obstacle={verdict.obstacle} named={one.kind === "failed-start"} />
        )}
      </header>
      {one.until === null && <WindowCountdown hub={hub} />}
      <div class="card-body">
        <section>
          <h3 class="section">Evidence</h3>
          <EvidenceList verdict={verdict} />
          {verdict.clientCallbacks.length > 0 && (
            <>
              <h3 class="section">Client callbacks</h3>
              <FactList facts={verdict.clientCallbacks} testId="app-saw" />
            </>
          )}
        </section>
        <section>
          <Attempts one={one} hub={hub} />
          {children}
        </section>
      </div>
      <CloseUp one={one} />
    </article>
  );
}

/** What kept it from connecting, where that isn't the title already, and the wait that the server asked for. */
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

function Ids({ interruption }: { interruption: InterruptionModel }) {
  const { connectionIdBefore: before, connectionIdAfter: after, outcome } = interruption;
  if (before === null && after === null) return null;
  return (
    <div class="ids">
      <span class="dim">connection id</span>
      <code title={before ?? undefined}>{before === null ? "unknown" : shortId(before)}</code>
      <Icon name="right" />
      {after === null ? (
        <span class="soft">{OUTCOME_WORD[outcome]}</span>
      ) : (
        <>
          <code title={after}>{shortId(after)}</code>
          {before !== null && (
            <CodeTag tone={after === before ? "good" : "warn"}>{after === before ? "same" : "new"}</CodeTag>
          )}
        </>
      )}
    </div>
  );
}

/** Violet: Hubscope did this. */
function Injected({ page, faults }: { page: PageId; faults: readonly FaultId[] }) {
  const panel = usePanel();
  const all = panel.loaded.value?.model.pages.find((one) => one.id === page)?.faults ?? [];
  const titles = faults.flatMap((id) => {
    const span = all.find((one) => one.fault === id);
    return span ? [FAULTS[span.command.name].title] : [];
  });
  return (
    <p class="injected-note">
      <Icon name="bolt" />
      Injected by Hubscope: {titles.join(", ") || "a fault"}
    </p>
  );
}
