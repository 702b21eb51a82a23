import type { HubConnectionModel } from "../../extension/core/model/types.ts";
import { duration } from "../../extension/core/text/format.ts";
import {
  HOSTING_WORD,
  negotiateSeen,
  protocolName,
  retryPlan,
  statefulWord,
} from "../../extension/wording/hub-words.ts";

/** The most important facts; unknown ones are omitted. */
export function hubFacts(hub: HubConnectionModel): string[] {
  const stateful = statefulWord(hub);
  const facts: string[] = stateful === "unknown" ? [] : [`stateful ${stateful}`];
  const plan = retryPlan(hub);
  if (plan !== null) facts.push(`retry delays ${plan}`);
  else if (hub.hasReconnectPolicy !== null)
    facts.push(
      hub.circuit
        ? "reconnects by Blazor"
        : hub.hasReconnectPolicy
          ? "automatic reconnect"
          : "no automatic reconnect",
    );
  if (hub.serverTimeout !== null) facts.push(`timeout ${duration(hub.serverTimeout)}`);
  if (hub.clientVersion !== null) facts.push(`client ${hub.clientVersion}`);
  if (hub.hosting?.kind === "self-hosted") facts.push("self-hosted");
  const seen = negotiateSeen(hub);
  if (seen === "skipped") facts.push("no negotiate");
  if (seen === "before") facts.push("started before the recording");
  return facts;
}

/** What the header says of a connection that doesn't change by the second. Reads no signals: it is rendered with its header. */
export const HubFacts = ({ hub }: { hub: HubConnectionModel }) => (
  <>
    {hub.transport !== null && <span class="badge">{hub.transport}</span>}
    {hub.protocol !== null && <span class="badge second">{protocolName(hub.protocol)}</span>}
    {hub.hosting !== null && hub.hosting.kind !== "self-hosted" && (
      <span class="badge second" title={`Served by ${hub.hosting.host}`} data-testid="hub-hosting">
        {HOSTING_WORD[hub.hosting.kind]}
      </span>
    )}
    <span class="facts">
      {hubFacts(hub).map((fact) => (
        <span class="fact" key={fact}>
          {fact}
        </span>
      ))}
    </span>
  </>
);
