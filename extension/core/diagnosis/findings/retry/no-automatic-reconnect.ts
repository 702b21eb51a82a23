import { duration } from "../../../text/format.ts";
import { cantTell, DOCS, found, momentOf, notApplicable, ok, type FindingKind } from "../finding.ts";
import { isBlazor, lossesOf } from "../history-parts.ts";
import { policySnippet } from "./policy-snippet.ts";

/** An app that restarts the connection itself does so within this time. */
const OWN_RESTART = 10_000;

export const noAutomaticReconnect: FindingKind = {
  group: "retry",
  subject: "Automatic reconnect",
  title: "No automatic reconnect",
  when: "the client has no retry policy, and nothing started the connection again in 10 s after a loss",
  why: "Without withAutomaticReconnect() the client doesn't try again after a loss. The page then looks as before and gets no more messages, until the user reloads it.",
  link: `${DOCS}aspnet/core/signalr/javascript-client#reconnect-clients`,
  scenario: "wifi-drop-5s",
  check(history) {
    if (isBlazor(history)) return notApplicable("Blazor reconnects circuits by itself.");
    const { hubs, now, url } = history;
    const without = hubs.filter(({ hasReconnectPolicy }) => hasReconnectPolicy === false);
    const losses = lossesOf(history);
    if (without.length === 0) {
      if (hubs.some(({ hasReconnectPolicy }) => hasReconnectPolicy))
        return ok("The client has a retry policy.");
      return losses.some(({ interruption }) =>
        interruption.attempts.some(({ origin }) => origin !== "resume"),
      )
        ? ok("The app connected again after a loss.")
        : cantTell(
            "Only the client probe tells whether the client has a retry policy, and nothing was lost.",
          );
    }
    const own = losses.filter(({ hub }) => without.includes(hub));
    const left = own.filter(
      ({ interruption: { outcome, from, until, byNewConnection } }) =>
        (outcome === "gave-up" || outcome === "closed-by-server" || outcome === "page-ended") &&
        !byNewConnection &&
        (until ?? now) - from >= OWN_RESTART,
    );
    const [first] = left;
    if (first) {
      const { from, until } = first.interruption;
      return found(
        "high",
        `The client has no retry policy, and nothing started it again in the ${duration((until ?? now) - from)} after the loss.`,
        {
          measured: [
            { label: "Losses without a try to reconnect", value: left.length, unit: "count" },
            { label: "Longest time without a connection", value: longest(left, now), unit: "ms" },
          ],
          moments: left.map(({ interruption }) => momentOf(interruption, "Lost, and not started again")),
          changes: [
            {
              where: "client",
              text: "Build the connection with withAutomaticReconnect() and a policy that doesn't give up.",
              snippet: policySnippet(url),
            },
          ],
        },
      );
    }
    return own.some(({ interruption: { outcome } }) => outcome === "restarted" || outcome === "reconnected")
      ? ok("The client has no retry policy, but the app starts the connection again itself.")
      : cantTell(
          "The client has no retry policy. Whether the app starts the connection again itself shows only after a loss.",
        );
  },
};

const longest = (
  left: readonly { interruption: { from: number; until: number | null } }[],
  now: number,
): number => Math.max(...left.map(({ interruption: { from, until } }) => (until ?? now) - from));
