/** The server's Close message: what it says, and what had happened just before. */
import type { Milliseconds } from "../units.ts";
import type { CloseMessage } from "../model/state.ts";
import type { InterruptionState } from "../model/state.ts";
import { NO_DETAILS, RECEIVE_LIMIT, type RuleResult, type Rule } from "./rule.ts";
import { SERVER_TIMEOUT } from "../protocol/defaults.ts";
import type { Facts } from "./facts.ts";
import { isServiceWord } from "./service-words.ts";
import { CAUSE_TITLE } from "./titles.ts";

/** The server checks every second for expired authentication. */
const EXPIRY_WINDOW = { before: 1_000, after: 5_000 };

export const closeMessage: Rule = (facts) => {
  const close = facts.socket?.closeIn;
  if (!close) return toldOfClose(facts);
  return close.allowReconnect === true ? closedForNow(facts, close) : closedForGood(facts, close);
};

/** The message itself may be from before the recording, or dropped. */
const toldOfClose = ({ clientError }: Facts): RuleResult | null =>
  clientError?.startsWith("Server returned an error on close")
    ? {
        cause: "server-close",
        confidence: "medium",
        knowledge: "client",
        title: "The server closed the connection with an error",
      }
    : null;

const AZURE_TITLE = "Azure SignalR Service closed the connection (stated in its message)";

/** An exception in OnConnectedAsync closes the connection this soon after the handshake. */
const WHILE_CONNECTING = { surely: 2_000, probably: 10_000 };

/**
 * With an error message and without `allowReconnect`, a hub closes the connection only when OnConnectedAsync throws. Until that
 * method has ended, the hub can send messages but answers no call.
 */
function closedForGood(
  { socket, nothingHeard, nothingAnswered, onAzure }: Facts,
  close: CloseMessage,
): RuleResult {
  if (isServiceWord(close.error))
    return { cause: "azure-service", confidence: "high", knowledge: "wire", title: AZURE_TITLE };
  const since = socket?.handshakeAt ? close.t - (socket.since ?? socket.handshakeAt) : Infinity;
  const connecting = close.error !== undefined && (isHubWord(close.error) ? nothingAnswered : nothingHeard);
  if (close.error === undefined || !connecting || since >= WHILE_CONNECTING.probably)
    return onAzure && close.error !== undefined && !isHubWord(close.error)
      ? { cause: "azure-service", confidence: "medium", knowledge: "wire" }
      : { cause: "server-closed-for-good", confidence: "high", knowledge: "wire" };
  // On Azure the service closes connections, too: only the hub's error message shows that it was the hub.
  if (onAzure && !isHubWord(close.error))
    return { cause: "azure-service", confidence: "medium", knowledge: "wire" };
  // What came before the recording isn't known.
  const sure = since < WHILE_CONNECTING.surely && !onAzure && socket?.since === null;
  return { cause: "connect-handler-failed", confidence: sure ? "high" : "medium", knowledge: "wire" };
}

const isHubWord = (error: string): boolean => error.startsWith(NO_DETAILS.slice(0, -1));

function closedForNow(facts: Facts, close: CloseMessage): RuleResult {
  const { socket, lastSent, clientError, onAzure, blocked, standstill } = facts;
  const expiry = socket?.tokenExpiresAt ?? null;
  const expiredSince = expiry === null ? null : close.t - expiry;
  if (expiredSince !== null && expiredSince > -EXPIRY_WINDOW.before && expiredSince < EXPIRY_WINDOW.after)
    return {
      cause: "token-expired",
      confidence: "high",
      knowledge: "wire",
      title: "Access token expired: the server closed the connection",
    };
  if (isServiceWord(close.error))
    return { cause: "azure-service", confidence: "high", knowledge: "wire", title: AZURE_TITLE };
  if (standstill && !facts.frozen)
    return {
      cause: "asleep",
      confidence: standstill.confidence,
      knowledge: "wire",
      title: `${CAUSE_TITLE.asleep}: client timeout on the server`,
    };
  const busy = blocked === null ? {} : { title: "Page too busy to send pings: client timeout on the server" };
  if (/client hasn't sent|client timeout|timeout interval/i.test(close.error ?? ""))
    return { cause: "client-ping-timeout", confidence: "high", knowledge: "wire", ...busy };
  if (/maximum message size/i.test(close.error ?? clientError ?? ""))
    return { cause: "message-too-large", confidence: "high", knowledge: "wire" };
  if (lastSent && lastSent.size > RECEIVE_LIMIT && close.error !== undefined)
    return { cause: "message-too-large", confidence: "medium", knowledge: "wire" };
  const heardNothing = unheard(facts, close);
  if (heardNothing)
    return { cause: "client-ping-timeout", confidence: heardNothing, knowledge: "wire", ...busy };
  if (onAzure) return { cause: "azure-service", confidence: "medium", knowledge: "wire" };
  if (close.error === NO_DETAILS)
    return {
      cause: "server-close",
      confidence: "medium",
      knowledge: "wire",
      title: "The server closed the connection with an unspecified error",
    };
  return { cause: "server-close", confidence: "high", knowledge: "wire" };
}

/**
 * Whether the server had a client timeout. An exception on the server follows a message immediately, but a timeout follows a
 * silence of the client. The timeout (ClientTimeoutInterval, 30 s by default) is longer than the client's ping interval;
 * otherwise every quiet connection is closed after the same time.
 */
function unheard(facts: Facts, close: CloseMessage): "high" | "medium" | null {
  const { silenceOut, pausedOut, keepAlive, lastSent, hidden, frozen, blocked, onAzure } = facts;
  const silence = Math.max(silenceOut ?? 0, pausedOut ?? 0);
  if ((silenceOut ?? 0) >= SERVER_TIMEOUT * 0.95 && keepAlive < SERVER_TIMEOUT)
    return close.error === undefined ? "medium" : "high";
  if (close.error !== NO_DETAILS || onAzure) return null;
  const overdue = silence >= Math.max(keepAlive * LONGER_THAN_PINGS, 1_000);
  // A message that was sent just before may have caused an exception on the server.
  if (overdue) return lastSent === null && (hidden || frozen || blocked) ? "high" : "medium";
  return silence >= MIN_TIMEOUT && sameSilence(facts.interruption, silence) ? "medium" : null;
}

const LONGER_THAN_PINGS = 1.2;
const MIN_TIMEOUT: Milliseconds = 3_000;
/** Servers check for client timeouts once a second. */
const TICK: Milliseconds = 1_200;

/** The server has closed this connection before with the same error after an equal silence of the client. */
function sameSilence(interruption: InterruptionState, silence: Milliseconds): boolean {
  return interruption.lane.interruptions.some(({ loss }) => {
    const close = loss.socket?.closeIn;
    if (loss === interruption.loss || close?.error !== NO_DETAILS || loss.lastOut === null) return false;
    return Math.abs(loss.t - loss.lastOut - silence) <= TICK;
  });
}
