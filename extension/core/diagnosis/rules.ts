/**
 * The rules, in order: the first that finds something decides. The most certain ones come first: injected, Close message,
 * closed by the client, freeze, offline, close code, fate of the next try.
 */
import { FAULTS } from "../faults/outlines.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { TransportState } from "../model/state.ts";
import type { AttemptOutcome } from "../model/types.ts";
import { circuitEnded } from "./circuit.ts";
import { closedBy, saidWhy } from "./close-code.ts";
import { closeMessage } from "./close-message.ts";
import { closedByClient } from "./closed-by-client.ts";
import { idleCut, lifetimeLimit, stoodStill } from "./cut-rules.ts";
import { isGateway, PROXY_LIMIT, tellerOf, type RuleResult, type Rule } from "./rule.ts";
import { httpAnswer } from "./http-answer.ts";
import { failureWords } from "./failure-words.ts";
import { knownFrom, nobodyThere } from "./obstacles.ts";
import { clockJumped, networkTold, serverGone, silentFate } from "./told-by-browser.ts";

const injected: Rule = ({ faults, socket }) => {
  const fault = faults[0];
  if (!fault) return null;
  const { title, lasting, breaks } = FAULTS[fault.command.name];
  const direct = socket?.closed?.fault === fault.fault || socket?.closeIn?.fault === fault.fault;
  return {
    cause: "injected",
    confidence: direct || (lasting && breaks === "yes") ? "high" : "medium",
    knowledge: "page",
    title: `Injected by Hubscope: ${title.toLowerCase()}`,
  };
};

const frozenTab: Rule = ({ frozen, fromCache, t }) => {
  if (fromCache !== null)
    return {
      cause: "back-forward-cache",
      confidence: t - fromCache < 500 ? "high" : "medium",
      knowledge: "page",
    };
  if (!frozen) return null;
  const after = frozen.until === null ? 0 : t - frozen.until;
  return { cause: "tab-frozen", confidence: after < 100 ? "high" : "medium", knowledge: "page" };
};

/**
 * Firefox closes a page's sockets cleanly, without a close() of the page, when a navigation begins. `pagehide` comes with the next
 * page's first bytes: so long after it, or later when the server is slow (Firefox 153: 3,013 ms for an answer after 3 s).
 */
export const LEAVING = { surely: 200, probably: 1_000, possibly: 5_000 };
const pageLeft: Rule = ({ socket, leftAt, t, firefox, onAzure }) => {
  const closed = socket?.closed;
  if (!closed?.wasClean || socket?.closingByPage || leftAt === null) return null;
  const later = leftAt - t;
  const found = { cause: "page-left", knowledge: "page" } as const;
  if (closed.code !== 1000 && closed.code !== 1001) return null;
  if (later < LEAVING.probably) return { ...found, confidence: later < LEAVING.surely ? "high" : "medium" };
  const possible = firefox === true && closed.code === 1000 && !onAzure && later < LEAVING.possibly;
  return possible ? { ...found, confidence: "low" } : null;
};

const offlineNetwork: Rule = ({ offline, t }) => {
  if (!offline) return null;
  const during = offline.from <= t + 500 && (offline.until === null || offline.until >= t);
  return { cause: "offline", confidence: during ? "high" : "medium", knowledge: "page" };
};

/**
 * A clean close without a Close message: how a disposed connection ends, and how some proxies end one. Firefox does it for a
 * page that is being left, too.
 */
const closedCleanly: Rule = ({ socket, onAzure, firefox, together }) => {
  const code = socket?.closed?.code;
  if (code !== 1000 && code !== 1001) return null;
  if (onAzure) return { cause: "azure-service", confidence: "medium", knowledge: "wire" };
  if (code === 1001 || firefox === false || socket?.closingByPage) return closedBy();
  if (firefox === null)
    return closedBy("Clean close without a Close message: by the server, a proxy or the browser", "low");
  return { cause: "closed-by-browser", confidence: together > 0 ? "medium" : "low", knowledge: "wire" };
};

/**
 * A server that shuts down may still answer a negotiate, and is gone before the transport connects. If this connection has
 * reconnected, its server is running, whatever happened to other connections.
 */
const nextTries: Rule = ({ firstTries, otherTries, socket, t }) => {
  for (const { outcome } of firstTries) {
    if (outcome.kind === "connected") return null;
    const fate = fateOf(outcome, socket, t);
    if (fate) return fate;
  }
  for (const { path, attempt } of otherTries) {
    const { outcome, endedAt, from, number } = attempt;
    const fate = fateOf(outcome, socket, t);
    if (!fate) continue;
    const text = `Lost at the same time, ${path}: its attempt ${number} failed: ${failureWords(outcome) ?? "no answer"}`;
    return { ...fate, decidedBy: [{ t: endedAt ?? from, knowledge: knownFrom(outcome), text }] };
  }
  return null;
};

/** What the result of a try says about the server or the token. */
function fateOf(
  outcome: AttemptOutcome,
  socket: TransportState | null,
  t: EpochMilliseconds,
): RuleResult | null {
  if (outcome.kind === "socket-failed" && (isGateway(outcome.status) || nobodyThere(outcome.error)))
    return serverGone(outcome.status, "network");
  if (outcome.kind !== "negotiate-failed" || outcome.byServiceWorker) return null;
  const { status } = outcome;
  if (status === null) return silentFate(outcome);
  if (isGateway(status)) return serverGone(status, "wire");
  const expiry = socket?.tokenExpiresAt;
  if (status === 401 && expiry !== undefined && expiry !== null)
    return { cause: "token-expired", confidence: expiry <= t + 2_000 ? "high" : "low", knowledge: "wire" };
  return null;
}

/** Proxies close a connection immediately and without a Close message when a frame is larger than their limit. */
const bigFrame: Rule = ({ socket, lastSent, t }) =>
  socket?.closed?.code === 1006 && lastSent && lastSent.size > PROXY_LIMIT && t - lastSent.t < 500
    ? {
        cause: "frame-too-large",
        confidence: "medium",
        knowledge: "wire",
        title: "Connection lost right after a large message was sent",
      }
    : null;

const abrupt: Rule = ({ socket }) => {
  const closed = socket?.closed;
  if (!closed || (closed.code !== null && closed.code !== 1006)) return null;
  return {
    cause: "abrupt-loss",
    confidence: "medium",
    knowledge: "wire",
    ...(socket.transport === "ServerSentEvents"
      ? { title: "Event stream ended; the browser gives no reason" }
      : {}),
  };
};

/** Read from DevTools or a file, which tells neither who closed it nor how: the client may have done it, also by stop(). */
const untoldEnd: Rule = ({ socket, silenceIn, serverTimeout, interruption }) => {
  if (!socket?.closed?.untold) return null;
  if (silenceIn !== null && silenceIn >= serverTimeout * 0.95)
    return { cause: "server-timeout", confidence: "low", knowledge: "wire" };
  return {
    cause: "unknown",
    confidence: "low",
    knowledge: "wire",
    title: `The connection ended; ${tellerOf(interruption)} doesn't tell how`,
  };
};

export const RULES: readonly Rule[] = [
  injected,
  circuitEnded,
  closeMessage,
  closedByClient,
  pageLeft,
  frozenTab,
  offlineNetwork,
  stoodStill,
  clockJumped,
  networkTold,
  httpAnswer,
  saidWhy,
  nextTries,
  untoldEnd,
  idleCut,
  lifetimeLimit,
  closedCleanly,
  bigFrame,
  abrupt,
];
