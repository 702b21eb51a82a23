import { counted, duration } from "../../../text/format.ts";
import { cantTell, DOCS, found, momentOf, notApplicable, ok, type FindingKind } from "../finding.ts";
import { isBlazor } from "../history-parts.ts";

/** An app that starts again does so within this time. */
const PATIENCE = 10_000;

export const firstStartNotRetried: FindingKind = {
  group: "retry",
  subject: "Retries of the first start",
  title: "A failed start() isn't retried",
  when: "start() failed, and the app didn't call it again in 10 s",
  why: "withAutomaticReconnect() covers lost connections only. If the very first start() fails, because the server restarts or the network isn't there yet, nothing tries again.",
  link: `${DOCS}aspnet/core/signalr/javascript-client#automatically-reconnect`,
  scenario: null,
  check(history) {
    if (isBlazor(history)) return notApplicable("Blazor starts its connection itself.");
    const starts = history.hubs.flatMap((hub) => hub.failedStarts);
    if (starts.length === 0) return cantTell("No start() failed.");
    const left = starts.filter(
      ({ outcome, until, failedAt }) =>
        (outcome === "failed" || outcome === "page-ended") && (until ?? history.now) - failedAt >= PATIENCE,
    );
    const [first] = left;
    if (!first) {
      const retried = starts.filter(({ outcome, starts: times }) => outcome === "connected" || times > 1);
      return retried.length > 0
        ? ok("The app called start() again after it had failed.")
        : cantTell(`No failed start() was followed for ${duration(PATIENCE)}.`);
    }
    const waited = (first.until ?? history.now) - first.failedAt;
    return found(
      "high",
      `start() failed${first.starts > 1 ? ` ${first.starts} times` : ""}, and the app didn't try again in the ${duration(waited)} after that.`,
      {
        measured: [
          { label: "Failed starts that were left", value: left.length, unit: "count" },
          { label: "Time without a further try", value: waited, unit: "ms" },
        ],
        moments: left.map((one) =>
          momentOf(
            one,
            `start() failed${one.starts > 1 ? ` (${counted(one.starts, "time")})` : ""}`,
            one.failedAt,
          ),
        ),
        changes: [
          {
            where: "client",
            text: "Catch the error of start() and call it again after a random delay.",
            snippet: { language: "ts", code: START_CODE },
          },
        ],
      },
    );
  },
};

export const START_CODE = `async function startUntilConnected() {
  for (let tries = 0; connection.state === signalR.HubConnectionState.Disconnected; tries++) {
    try {
      await connection.start();
    } catch {
      const most = Math.min(30_000, 1_000 * 2 ** tries);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * most));
    }
  }
}`;
