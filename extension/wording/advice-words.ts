/** What panel and report show in addition to the advice for a cause. */
import type { InterruptionModel } from "../core/model/types.ts";

/** With a new id, the server has removed the old connection. */
export const hasNewId = ({ connectionIdBefore, connectionIdAfter }: InterruptionModel): boolean =>
  connectionIdBefore !== null && connectionIdAfter !== null && connectionIdBefore !== connectionIdAfter;

export const NEW_ID_TITLE = "After a reconnect with a new id";
export const NEW_ID_ADVICE =
  "For the server this is a new connection: it is in no group until the app joins again, and messages sent in the meantime are lost. Repeat in onreconnected what the app does after start().";
export const NEW_ID_CODE = "connection.onreconnected(() => joinAgain());";

type Costly = Pick<InterruptionModel, "pending" | "missedEstimate" | "swallowed" | "notRepeated">;

/**
 * Whether calls, messages or possibly the calls of the app's start were lost. A call that was answered after all isn't lost.
 */
const hasCost = ({ pending, missedEstimate, swallowed, notRepeated }: Costly): boolean =>
  pending.some(({ fate }) => fate === "lost") ||
  missedEstimate !== null ||
  swallowed.in + swallowed.out > 0 ||
  (notRepeated ?? []).length > 0;

/** For causes without their own advice. */
export function adviceForOutcome(one: Costly & Pick<InterruptionModel, "outcome">): string {
  switch (one.outcome) {
    case "reconnected":
    case "resumed":
      return hasCost(one)
        ? "Automatic reconnect worked, but it doesn't restore what was lost: see Impact."
        : "No action needed: automatic reconnect worked.";
    case "ongoing":
      return "Reconnecting…";
    case "restarted":
      return "The app restarted the connection itself.";
    case "gave-up":
    case "closed-by-server":
      return "No further attempts: call start() again in onclose if the app should recover by itself.";
    case "stopped-by-app":
      return "The app stopped the connection while it was down.";
    case "page-ended":
      return "The page ended before the connection came back.";
    case "recording-ended":
      return "The recording ended before the connection came back.";
  }
}
