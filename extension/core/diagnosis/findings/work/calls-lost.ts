import { counted, duration } from "../../../text/format.ts";
import { named, quoted } from "../named.ts";
import { cantTell, DOCS, found, ok, okSoFar, type FindingKind, type Moment } from "../finding.ts";
import { byTarget, lostOf } from "../calls-in.ts";
import { lossesOf, type Lost } from "../history-parts.ts";
import type { CallModel } from "../../../model/types.ts";

export const callsLost: FindingKind = {
  group: "work",
  subject: "Calls in flight at a loss",
  title: "Calls lost in flight",
  when: "a call of the app had no answer when its connection was lost; what the app calls again right after the reconnect, and a stream that it opens again, doesn't count",
  why: "invoke() fails when the connection is lost before the answer. The server may have done the work or not: calling again can do it twice, not calling again can lose it.",
  link: `${DOCS}azure/azure-signalr/signalr-concept-client-disconnections`,
  scenario: "crash",
  check(history) {
    const { hubs, name } = history;
    const losses = lossesOf(history).filter(({ hub }) => hub.circuit === null);
    const own = hubs.flatMap(({ calls, circuit }) => (circuit === null ? calls.filter(isOut) : []));
    // While it lasts it isn't known what the app calls again.
    const [lasting, over] = partition(losses);
    const lost = over.flatMap(({ hub, interruption }) =>
      lostOf(interruption, hub.calls)
        .filter(isOut)
        .map((call) => ({ hub, call })),
    );
    if (own.length === 0) return cantTell("The app called no method that answers.");
    if (lost.length === 0) {
      if (losses.length === 0) return cantTell("The connection was never lost.");
      if (lasting.some(({ interruption }) => interruption.pending.some(isOut)))
        return okSoFar("Calls were waiting when the connection was lost, and it isn't back so far.");
      return losses.some(({ interruption }) => interruption.pending.some(isOut))
        ? ok("Each call that was waiting at a loss was answered, or made again after the reconnect.")
        : okSoFar("No call was waiting for its answer when the connection was lost.");
    }
    const targets = byTarget(lost.map(({ call }) => call));
    const [most] = targets;
    const method = most?.target ?? "";
    return found(
      lost.some(({ call }) => !call.stream) ? "high" : "medium",
      `${counted(lost.length, "call")} of ${name} had no answer when the connection was lost: ${targets
        .slice(0, 4)
        .map(({ target, count }) => `${named(target)}${count > 1 ? ` ×${count}` : ""}`)
        .join(", ")}.`,
      {
        measured: [
          { label: "Calls lost in flight", value: lost.length, unit: "count" },
          {
            label: "Share of all calls",
            value: Math.round((lost.length / own.length) * 1000) / 10,
            unit: "%",
          },
        ],
        moments: lost.map(({ hub, call }): Moment => ({
          t: call.sentAt,
          hubKey: hub.key,
          text: `${named(call.target)} sent; lost ${duration((call.endedAt ?? call.sentAt) - call.sentAt)} later`,
        })),
        changes: [
          {
            where: "client",
            text: "Send work that must be done exactly once as an HTTP request that can be repeated, or with a key by which the server knows a repetition.",
            snippet: { language: "ts", code: keyCode(method) },
          },
          {
            where: "server",
            text: `Let ${named(method) || "the method"} remember the key and answer a repetition without doing the work again.`,
          },
        ],
      },
    );
  },
};

function partition(losses: readonly Lost[]): [lasting: Lost[], over: Lost[]] {
  const isLasting = ({ interruption }: Lost): boolean => interruption.outcome === "ongoing";
  return [losses.filter(isLasting), losses.filter((one) => !isLasting(one))];
}

const isOut = ({ direction }: CallModel): boolean => direction === "out";

const keyCode = (method: string): string => `const connectedAgain = () =>
  new Promise<void>((resolve) => connection.onreconnected(() => resolve()));

const key = crypto.randomUUID();
for (;;) {
  try {
    await connection.invoke(${quoted(method)}, key, value);
    break;
  } catch (error) {
    // Answered with an error: don't repeat. Lost: repeat with the same key once it is connected again.
    if (connection.state === signalR.HubConnectionState.Connected) throw error;
    await connectedAgain();
  }
}`;
