import { counted } from "../../../text/format.ts";
import { hostOf, isAzureHost } from "../../../protocol/addresses.ts";
import { cantTell, DOCS, found, okSoFar, type FindingKind, type HubHistory } from "../finding.ts";
import { refusalMoment, refusedBy, triesOf, type Refusal } from "../natural.ts";
import { lastUrl } from "./connects.ts";

export const negotiateThrottled: FindingKind = {
  group: "transport",
  subject: "Limits on negotiates",
  title: "Negotiates are throttled",
  when: "a negotiate or a transport was answered with 429, and not by Azure itself",
  why: "The server, or a gateway before it, refuses negotiates when there are too many (429). After an outage, when all clients come at once, most of them stay away longer than the outage lasted.",
  link: `${DOCS}azure/azure-signalr/signalr-howto-troubleshoot-guide`,
  scenario: "throttled-negotiate",
  check(history) {
    const tries = triesOf(history);
    if (tries.length === 0) return cantTell("No try was recorded.");
    const refused = throttled(history).filter((one) => !isByAzure(one));
    if (refused.length === 0)
      return okSoFar(`None of ${counted(tries.length, "try", "tries")} was answered with 429.`);
    const waits = refused.flatMap(({ obstacle }) => obstacle.retryAfter ?? []);
    return found(
      "medium",
      `${counted(refused.length, "try", "tries")} of ${tries.length} ${refused.length === 1 ? "was" : "were"} answered with 429${waits.length > 0 ? `, with Retry-After: ${waits[0] ?? ""}` : ""}.`,
      {
        measured: [
          { label: "Throttled", value: refused.length, unit: "count" },
          { label: "Tries", value: tries.length, unit: "count" },
        ],
        moments: refused.map(refusalMoment),
        changes: [
          {
            where: "server",
            text: "Leave the negotiate out of a general rate limit, or give it one that a restart with all clients stays below.",
            snippet: {
              language: "cs",
              code: `app.MapHub<YourHub>(${JSON.stringify(history.hubs[0]?.path ?? "/hub")}).DisableRateLimiting();`,
            },
          },
          {
            where: "client",
            text: "Make the delays of the retries random, so that clients don't come at the same moment.",
          },
        ],
      },
    );
  },
};

export const throttled = (history: HubHistory): Refusal[] => refusedBy(history, ["throttled"]);

/** The refused request went to Azure itself. */
export function isByAzure({ hub, attempt }: Refusal): boolean {
  const url = lastUrl(hub, attempt);
  return url !== null && isAzureHost(hostOf(url));
}
