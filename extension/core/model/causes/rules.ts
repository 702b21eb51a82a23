/**
 * The rules, in order: the first that finds something decides. Order and evidence follow the causes table of the SignalR
 * fact sheet: injected, Close message, closed by the client, freeze, offline, close code, fate of the next try.
 */
import { FAULTS } from "../../faults/outlines.ts";
import type { CauseName, Confidence, Knowledge } from "../types.ts";
import { nobodyThere } from "./obstacles.ts";
import { DEFAULT_TIMEOUT, type Facts } from "./facts.ts";

export interface Finding {
  readonly cause: CauseName;
  readonly confidence: Confidence;
  readonly knowledge: Knowledge;
  /** More exact than the cause's own title. */
  readonly title?: string;
}

export type Rule = (facts: Facts) => Finding | null;

/** Servers take 32 KB per hub message unless told otherwise. */
export const RECEIVE_LIMIT = 32 * 1024;

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

/** ASP.NET Core's words for whatever went wrong, unless EnableDetailedErrors lets it say more. */
const NO_DETAILS = "Connection closed with an error.";
/** An authentication that ended is looked for every second. */
const EXPIRY_WINDOW = { before: 1_000, after: 5_000 };

const closeMessage: Rule = ({
  socket,
  silenceOut,
  lastSent,
  clientError,
  nothingHeard,
  onAzure,
  hidden,
  frozen,
  blocked,
  pausedOut,
}) => {
  const close = socket?.closeIn;
  if (!close) return null;
  if (close.allowReconnect !== true) {
    const atOnce = socket.handshakeAt !== null && close.t - socket.handshakeAt < 10_000;
    return nothingHeard && atOnce && close.error !== undefined
      ? {
          cause: "connect-handler-failed",
          confidence: close.t - (socket.handshakeAt ?? 0) < 2_000 ? "high" : "medium",
          knowledge: "wire",
        }
      : { cause: "server-closed-for-good", confidence: "high", knowledge: "wire" };
  }
  const expiredSince = socket.tokenExpiresAt === null ? null : close.t - socket.tokenExpiresAt;
  if (expiredSince !== null && expiredSince > -EXPIRY_WINDOW.before && expiredSince < EXPIRY_WINDOW.after)
    return {
      cause: "token-expired",
      confidence: "high",
      knowledge: "wire",
      title: "The access token expired, and the server closed the connection for it",
    };
  const busy =
    blocked === null ? {} : { title: "The page was too busy to send its pings, and the server gave up" };
  if (/timeout|hasn't sent/i.test(close.error ?? "") || (silenceOut ?? 0) >= DEFAULT_TIMEOUT * 0.95)
    return { cause: "client-ping-timeout", confidence: "high", knowledge: "wire", ...busy };
  if (/maximum message size/i.test(close.error ?? clientError ?? ""))
    return { cause: "message-too-large", confidence: "high", knowledge: "wire" };
  if (lastSent && lastSent.size > RECEIVE_LIMIT && close.error !== undefined)
    return { cause: "message-too-large", confidence: "medium", knowledge: "wire" };
  // An exception on the server follows a message at once; who is closed in the middle of a silence wasn't heard.
  const notHeard = (silenceOut ?? 0) >= 1_000 || blocked !== null || pausedOut !== null;
  if (close.error === NO_DETAILS && notHeard && !onAzure)
    return {
      cause: "client-ping-timeout",
      // A message that was sent just before may as well be what the server failed at.
      confidence: lastSent === null && (hidden || frozen || blocked) ? "high" : "medium",
      knowledge: "wire",
      ...busy,
    };
  if (onAzure) return { cause: "azure-service", confidence: "medium", knowledge: "wire" };
  if (close.error === NO_DETAILS)
    return {
      cause: "server-close",
      confidence: "medium",
      knowledge: "wire",
      title: "The server closed the connection for an error that it doesn't name",
    };
  return { cause: "server-close", confidence: "high", knowledge: "wire" };
};

const closedByClient: Rule = ({
  socket,
  silenceIn,
  serverTimeout,
  serverTimeoutKnown,
  clientError,
  offline,
  frozen,
}) => {
  const told = clientError?.includes("Server timeout elapsed") ?? false;
  const silent = silenceIn !== null && silenceIn >= serverTimeout * 0.95;
  // From 8.0 on a stop() says goodbye, so a client that just leaves while nothing comes ran into its timeout, whatever that is.
  const leftInSilence =
    silenceIn !== null &&
    silenceIn >= 1_000 &&
    socket?.closingByPage?.duringMessage === false &&
    !socket.closeOut;
  if (told || (socket?.closingByPage && clientError === undefined && (silent || leftInSilence))) {
    const knowledge: Knowledge = told ? "client" : "wire";
    if (offline)
      return {
        cause: "offline",
        confidence: "high",
        knowledge,
        title: "The network was offline, until the server timeout elapsed",
      };
    if (frozen)
      return {
        cause: "tab-frozen",
        confidence: "medium",
        knowledge,
        title: "The tab was frozen longer than the server timeout",
      };
    return {
      cause: "server-timeout",
      confidence: told || (silent && serverTimeoutKnown) ? "high" : "medium",
      knowledge,
    };
  }
  if (
    clientError &&
    /incomplete|invalid payload|cannot read message size|unexpected token|is not valid json/i.test(
      clientError,
    )
  )
    return { cause: "unreadable-message", confidence: "high", knowledge: "client" };
  if (socket?.closingByPage?.duringMessage && !socket.closeIn && (clientError || socket.lastInBroken))
    return {
      cause: "unreadable-message",
      confidence: clientError ? "high" : "medium",
      knowledge: clientError ? "client" : "wire",
    };
  return null;
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

/** Firefox closes the sockets of a page before it tells the page that it is left: clean, and nobody asked for it. */
const LEAVING = { surely: 200, probably: 1_000 };
const pageLeft: Rule = ({ socket, leftAt, t }) => {
  const closed = socket?.closed;
  if (!closed?.wasClean || socket?.closingByPage || leftAt === null) return null;
  if ((closed.code !== 1000 && closed.code !== 1001) || leftAt - t >= LEAVING.probably) return null;
  const confidence = leftAt - t < LEAVING.surely ? "high" : "medium";
  return { cause: "page-left", confidence, knowledge: "page" };
};

const offlineNetwork: Rule = ({ offline, t }) => {
  if (!offline) return null;
  const during = offline.from <= t + 500 && (offline.until === null || offline.until >= t);
  return { cause: "offline", confidence: during ? "high" : "medium", knowledge: "page" };
};

/** What a proxy says when no server answers it. */
const isGateway = (status: number | null | undefined): boolean =>
  status === 502 || status === 503 || status === 504;

/** Pings would have come after 15 s: a longer silence on both sides means that they don't, or don't get through. */
const LONG_IDLE = 20_000;

/** Server-Sent Events and long polling: requests have answers, and those say more. */
const httpAnswer: Rule = ({ socket, refused, silenceIn, t }) => {
  const closed = socket?.closed;
  if (!closed || closed.code !== null) return null;
  const status = closed.status ?? refused?.status;
  if (status === 204) return { cause: "ended-by-server", confidence: "high", knowledge: "wire" };
  if (status === 404) return { cause: "connection-not-found", confidence: "high", knowledge: "wire" };
  if (status === 401) {
    const expired = socket.tokenExpiresAt !== null && socket.tokenExpiresAt <= t + 2_000;
    return { cause: "token-expired", confidence: expired ? "high" : "medium", knowledge: "wire" };
  }
  // A poll waits for up to 90 s: what ends it with a 504 before is a proxy's own limit.
  if (status === 504 && silenceIn !== null && silenceIn >= LONG_IDLE)
    return { cause: "idle-timeout", confidence: "medium", knowledge: "wire" };
  if (isGateway(status)) return { cause: "server-gone", confidence: "high", knowledge: "wire" };
  return null;
};

const closeCode: Rule = ({ socket, onAzure }) => {
  switch (socket?.closed?.code) {
    case undefined:
    case null:
    case 1005:
    case 1006:
      return null;
    // How the server ends a connection that was disposed of, and how some proxies do.
    case 1000:
    case 1001:
      return onAzure
        ? { cause: "azure-service", confidence: "medium", knowledge: "wire" }
        : { cause: "closed-by-server-socket", confidence: "medium", knowledge: "wire" };
    case 1009:
      return { cause: "frame-too-large", confidence: "high", knowledge: "wire" };
    case 1011:
      return { cause: "server-send-error", confidence: "high", knowledge: "wire" };
    default:
      return { cause: "closed-by-server-socket", confidence: "medium", knowledge: "wire" };
  }
};

/** A server that shuts down may still answer one negotiate, and is gone before the transport connects. */
const nextTries: Rule = ({ firstTries, socket, t }) => {
  for (const { outcome } of firstTries) {
    if (outcome.kind === "socket-failed" && (isGateway(outcome.status) || nobodyThere(outcome.error)))
      return { cause: "server-gone", confidence: "high", knowledge: "network" };
    if (outcome.kind !== "negotiate-failed") continue;
    const { status } = outcome;
    if (status === null || isGateway(status))
      return { cause: "server-gone", confidence: status === null ? "medium" : "high", knowledge: "wire" };
    const expiry = socket?.tokenExpiresAt;
    if (status === 401 && expiry !== undefined && expiry !== null)
      return { cause: "token-expired", confidence: expiry <= t + 2_000 ? "high" : "low", knowledge: "wire" };
  }
  return null;
};

/** A frame that is larger than what a proxy lets through ends the connection at once, and without a word. */
const PROXY_LIMIT = 16 * 1024;
const bigFrame: Rule = ({ socket, lastSent, t }) =>
  socket?.closed?.code === 1006 && lastSent && lastSent.size > PROXY_LIMIT && t - lastSent.t < 500
    ? {
        cause: "frame-too-large",
        confidence: "medium",
        knowledge: "wire",
        title: "The connection broke right after a big message was sent",
      }
    : null;

const idleCut: Rule = ({ socket, idle, idleBefore }) => {
  if (!socket?.closed || socket.closeIn || idle === null) return null;
  if (idleBefore) return { cause: "idle-timeout", confidence: "high", knowledge: "wire" };
  return idle >= LONG_IDLE ? { cause: "idle-timeout", confidence: "medium", knowledge: "wire" } : null;
};

const abrupt: Rule = ({ socket }) => {
  const closed = socket?.closed;
  if (!closed || (closed.code !== null && closed.code !== 1006)) return null;
  return {
    cause: "abrupt-loss",
    confidence: "medium",
    knowledge: "wire",
    ...(socket.transport === "ServerSentEvents"
      ? { title: "The event stream ended, and the browser doesn't say why" }
      : {}),
  };
};

export const RULES: readonly Rule[] = [
  injected,
  closeMessage,
  closedByClient,
  pageLeft,
  frozenTab,
  offlineNetwork,
  httpAnswer,
  nextTries,
  idleCut,
  closeCode,
  bigFrame,
  abrupt,
];
