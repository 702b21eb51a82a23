import { adviceAgainst, adviceFor } from "../../extension/core/model/causes/advice.ts";
import type { InterruptionModel, InterruptionOutcome, Obstacle } from "../../extension/core/model/types.ts";
import type { FoundDowntime } from "../state/selection.ts";
import { usePanel } from "../state/panel-state.ts";
import { Icon } from "../ui/more-icons.tsx";

const hostOf = (link: string): string => {
  try {
    return new URL(link).host;
  } catch {
    return link;
  }
};

const hasNewId = ({ connectionIdBefore: before, connectionIdAfter: after }: InterruptionModel): boolean =>
  before !== null && after !== null && before !== after;

const ReadOn = ({ link, children }: { link: string | null; children?: string }) =>
  link === null ? null : (
    <a class="read-on" href={link} target="_blank" rel="noreferrer" title={link}>
      {children ?? hostOf(link)} <Icon name="link" small />
    </a>
  );

const AgainstObstacle = ({ obstacle }: { obstacle: Obstacle | null }) =>
  obstacle === null ? null : (
    <p class="say" data-testid="obstacle-advice">
      {adviceAgainst(obstacle).text} <ReadOn link={adviceAgainst(obstacle).link}>Read on</ReadOn>
    </p>
  );

/** The way out, beside the card or under it. */
export function Advice({ found: { downtime } }: { found: FoundDowntime }) {
  const panel = usePanel();
  const { verdict } = downtime;
  const advice = adviceFor(downtime);
  const newId = downtime.kind === "interruption" && hasNewId(downtime);
  return (
    <aside class="col advice" aria-label="Advice" tabIndex={-1}>
      <h3 class="section">What would help</h3>
      {downtime.kind === "failed-start" ? (
        <>
          <AgainstObstacle obstacle={verdict.obstacle} />
          <p class="say">{advice?.text}</p>
        </>
      ) : (
        <>
          <p class="say">{advice?.text ?? nothingElse(downtime.outcome)}</p>
          {verdict.obstacle !== null && <h3 class="section">Against what was in the way</h3>}
          <AgainstObstacle obstacle={verdict.obstacle} />
        </>
      )}
      {newId && (
        <>
          <h3 class="section">After a reconnect with a new id</h3>
          <p class="say">
            The server knows a new connection: it is in no group until the app asks again, and what was sent
            meanwhile is gone. Do what was done after start() in the reconnected handler too.
          </p>
          <pre class="patch">
            <code>
              connection.<span class="f">onreconnected</span>(() ={">"} <span class="f">joinAgain</span>());
            </code>
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
          Add to a report
        </button>
      </p>
    </aside>
  );
}

/** Where the cause itself asks for nothing. */
function nothingElse(outcome: InterruptionOutcome): string {
  switch (outcome) {
    case "reconnected":
    case "resumed":
      return "Nothing in particular: the connection came back by itself, as SignalR's design expects.";
    case "ongoing":
      return "Nothing so far: it is still being tried.";
    case "restarted":
      return "The app had to start the connection again itself.";
    case "gave-up":
    case "closed-by-server":
      return "Nothing tries any more: start the connection again in onclose, if the app is to come back by itself.";
    case "stopped-by-app":
      return "The app stopped the connection while it was down.";
    case "page-ended":
      return "The page ended before the connection came back.";
  }
}
