import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { adviceAgainst, adviceFor } from "../../../extension/core/diagnosis/advice.ts";
import type { Obstacle } from "../../../extension/core/diagnosis/verdict.ts";
import {
  adviceForOutcome,
  hasNewId,
  NEW_ID_ADVICE,
  NEW_ID_CODE,
  NEW_ID_TITLE,
} from "../../../extension/wording/advice-words.ts";
import type { FoundDowntime } from "../../state/selection.ts";
import { usePanel } from "../../state/panel-state.ts";
import { Icon } from "../../components/deferred-icons.tsx";

const hostOf = (link: string): string => {
  try {
    return new URL(link).host;
  } catch {
    return link;
  }
};

const ReadOn = ({ link, children }: { link: string | null; children?: string }) =>
  link === null ? null : (
    <a class="read-on" href={link} target="_blank" rel="noreferrer" title={link}>
      {children ?? hostOf(link)} <Icon name="link" small />
    </a>
  );

const AgainstObstacle = ({ obstacle }: { obstacle: Obstacle | null }) =>
  obstacle === null ? null : (
    <p class="say" data-testid="obstacle-advice">
      {adviceAgainst(obstacle).text} <ReadOn link={adviceAgainst(obstacle).link}>Learn more</ReadOn>
    </p>
  );

/** The way out, beside the card or under it. */
export function Advice({ found: { downtime } }: { found: FoundDowntime }) {
  const panel = usePanel();
  const verdict = verdictOf(downtime);
  const advice = adviceFor(downtime);
  const newId = downtime.kind === "interruption" && hasNewId(downtime);
  return (
    <aside class="col advice" aria-label="Recommendations" tabIndex={-1}>
      <h3 class="section">Recommendations</h3>
      {downtime.kind === "failed-start" ? (
        <>
          <AgainstObstacle obstacle={verdict.obstacle} />
          <p class="say">{advice?.text}</p>
        </>
      ) : (
        <>
          <p class="say">{advice?.text ?? adviceForOutcome(downtime)}</p>
          {verdict.obstacle !== null && <h3 class="section">Fix the reconnect failure</h3>}
          <AgainstObstacle obstacle={verdict.obstacle} />
        </>
      )}
      {newId && (
        <>
          <h3 class="section">{NEW_ID_TITLE}</h3>
          <p class="say">{NEW_ID_ADVICE}</p>
          <pre class="patch">
            <code>{NEW_ID_CODE}</code>
          </pre>
        </>
      )}
      <p class="links">
        <ReadOn link={advice?.link ?? null} />
        <button
          class="link"
          onClick={() => {
            panel.tab.value = "report";
          }}
        >
          Open report
        </button>
      </p>
    </aside>
  );
}
