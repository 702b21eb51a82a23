import { judgeJitter } from "../../../scenarios/expectations/retries-jittered.ts";
import { cantTell, DOCS, found, notApplicable, ok, type FindingKind } from "../finding.ts";
import { isBlazor, lossesOf } from "../history-parts.ts";
import { policySnippet } from "./policy-snippet.ts";

export const noJitter: FindingKind = {
  group: "retry",
  subject: "Random retry delays",
  title: "Retries without jitter",
  when: "the same attempt had the same delay after several losses, or three delays of one loss are round numbers",
  why: "After an outage all clients retry at the same moments. A server or service that has just come back refuses most of them (429), and the outage lasts longer.",
  link: `${DOCS}azure/azure-signalr/signalr-howto-troubleshoot-guide#how-to-restart-client-connection`,
  scenario: "flapping",
  check(history) {
    if (isBlazor(history))
      return notApplicable("Blazor has its own retries: see the circuit in Connections.");
    const losses = lossesOf(history);
    if (losses.length === 0) return cantTell("The connection was never lost.");
    const { verdict, say, evidence, measured } = judgeJitter(losses);
    if (verdict === "pass") return ok(say);
    if (verdict !== "warn") return cantTell(say);
    // A first attempt at once, as in the default policy: later attempts may be random.
    const onlyFirst = losses.every(({ interruption }) => interruption.attempts.length <= 1);
    return found(onlyFirst ? "low" : "medium", say, {
      measured: [
        { label: "Spread of the delays of one attempt", value: measured?.value ?? 0, unit: "%" },
        { label: "Losses", value: losses.length, unit: "count" },
      ],
      moments: evidence.flatMap(({ t, text, key }) => {
        const own = losses.find(({ interruption }) => interruption.key === key);
        return own && key !== undefined ? [{ t, text, key, hubKey: own.hub.key }] : [];
      }),
      changes: [
        {
          where: "client",
          text: "Make each delay random, over the whole time up to its limit.",
          snippet: policySnippet(history.url),
        },
      ],
    });
  },
};
