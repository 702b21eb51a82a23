import { counted } from "../../../text/format.ts";
import { named } from "../named.ts";
import type { Milliseconds } from "../../../units.ts";
import { byTarget } from "../calls-in.ts";
import { cantTell, DOCS, found, notApplicable, ok, type FindingKind } from "../finding.ts";
import { isInjected } from "../natural.ts";

/** Later, no answer is to be expected. */
const PATIENCE: Milliseconds = 10_000;

export const serverless: FindingKind = {
  group: "transport",
  subject: "Calls in serverless mode",
  title: "In serverless mode nobody answers the app's calls",
  when: "in serverless mode no call of the client got a result, and one had waited for 10 s or failed",
  why: "In serverless mode no app server is connected: calls of clients go to an upstream endpoint. If none is set, they lead nowhere.",
  link: `${DOCS}azure/azure-signalr/concept-upstream`,
  scenario: null,
  check(history) {
    const hubs = history.hubs.filter(({ hosting }) => hosting?.kind === "azure-serverless");
    if (hubs.length === 0)
      return notApplicable("Azure SignalR Service in serverless mode isn't in use, as far as seen.");
    const calls = hubs.flatMap((hub) =>
      hub.calls
        .filter(({ direction, sentAt }) => direction === "out" && !isInjected(history, hub, sentAt))
        .map((call) => ({ hub, call })),
    );
    if (calls.length === 0) return cantTell("The app called no method that answers; a send() has no answer.");
    const open = calls.filter(
      ({ call: { fate, sentAt, endedAt } }) =>
        fate === "failed" ||
        ((fate === "pending" || fate === "lost") && (endedAt ?? history.now) - sentAt >= PATIENCE),
    );
    const answered = calls.filter(({ call }) => call.fate === "completed");
    if (answered.length > 0)
      return ok(`${counted(answered.length, "call")} of ${calls.length} got an answer.`);
    if (open.length === 0) return cantTell("No call was open for long enough to expect its answer.");
    const names = byTarget(open.map(({ call }) => call)).map(({ target }) => named(target));
    return found(
      "high",
      `No result for ${counted(calls.length, "call")} (${names.slice(0, 4).join(", ")}): the service runs in serverless mode.`,
      {
        measured: [{ label: "Calls without a result", value: open.length, unit: "count" }],
        moments: open.map(({ hub, call }) => ({
          t: call.sentAt,
          hubKey: hub.key,
          text: `${named(call.target)} without a result`,
        })),
        changes: [
          {
            where: "azure",
            text: "Set an upstream URL pattern that leads to your function or server.",
            snippet: {
              language: "sh",
              code: 'az signalr upstream update --name YOUR_SIGNALR --resource-group YOUR_GROUP --template url-template="https://YOUR_APP/api/{hub}/{event}" hub-pattern="*" event-pattern="*" category-pattern="messages"',
            },
          },
          { where: "client", text: "Or send what the app wants from the server as an HTTP request." },
        ],
      },
    );
  },
};
