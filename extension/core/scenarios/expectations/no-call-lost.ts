import { counted } from "../../text/format.ts";
import { cantTell, expectation, type RunEvidence } from "../judgement.ts";
import { lossesOf, type Lost } from "../presence.ts";

export const noCallLost = expectation({
  title: "No silently lost calls",
  say: "Calls pending when the connection was lost got an answer or an error; none waits forever, and no fire-and-forget send was lost.",
  parameters: {},
  judge(run) {
    const losses = lossesOf(run);
    if (losses.length === 0) return cantTell("The connection was never lost.");
    const own = losses.flatMap((loss) =>
      loss.interruption.pending
        .filter(({ direction }) => direction === "out")
        .map((call) => ({ loss, call })),
    );
    const waiting = own.filter(({ call }) => call.fate === "pending");
    const vanished = losses.flatMap(vanishedSends);
    const evidence: RunEvidence[] = [
      ...own.slice(0, MAX).map(({ loss, call }) => ({
        t: call.endedAt ?? call.sentAt,
        text: `${call.target}: ${call.fate === "pending" ? "still pending" : call.fate}`,
        key: loss.interruption.key,
      })),
      ...vanished.slice(0, MAX),
    ];
    const measured = { value: waiting.length + vanished.length, unit: "count" } as const;
    if (waiting.length > 0)
      return {
        verdict: "fail",
        measured,
        say: `${counted(waiting.length, "call")} of ${own.length} in flight at the loss ${waiting.length === 1 ? "is" : "are"} still pending.`,
        evidence,
      };
    if (vanished.length > 0)
      return {
        verdict: "warn",
        measured,
        say: `${counted(vanished.length, "send")} without an answer lost, unnoticed by the app.`,
        evidence,
      };
    return {
      verdict: "pass",
      measured,
      say:
        own.length === 0
          ? "No call was in flight when the connection was lost."
          : `${counted(own.length, "call")} in flight at the loss: all got an answer or an error.`,
      evidence,
    };
  },
});

const MAX = 10;

/** Calls of send() that a fault swallowed; after a resume the client sends them again. */
function vanishedSends({ hub, interruption }: Lost): RunEvidence[] {
  if (interruption.outcome === "resumed" || interruption.swallowed.out === 0) return [];
  const since = interruption.silentFrom ?? interruption.from;
  const until = interruption.until ?? Infinity;
  const { messages } = hub;
  const lost: RunEvidence[] = [];
  for (let i = messages.firstFrom(since); i < messages.length && messages.timeAt(i) <= until; i++) {
    const { direction, type, swallowed, target } = messages.headAt(i);
    if (direction !== "out" || type !== 1 || !swallowed) continue;
    const row = messages.at(i);
    if (row?.message.invocationId !== undefined) continue;
    lost.push({ t: messages.timeAt(i), text: `${target ?? "A send"}: lost`, key: interruption.key });
  }
  return lost;
}
