/**
 * What one attempt did, step by step: negotiates, redirects to another server, and the transports that were tried. Shared by
 * the report and the panel. Pure.
 */
import type { TransportName } from "../core/protocol/terms.ts";
import { plainWords } from "../core/text/html-text.ts";
import { answeredBy } from "../core/text/answered-by.ts";
import { timingWords } from "./browser-event-words.ts";
import { waitOf } from "../core/diagnosis/retry-after.ts";
import { UNANSWERED } from "../core/model/unanswered.ts";
import type { AttemptModel, HubConnectionModel, RequestModel, TransportModel } from "../core/model/types.ts";
import type { EpochMilliseconds } from "../core/units.ts";

export interface AttemptStep {
  readonly kind: "negotiate" | TransportName;
  readonly name: string;
  readonly from: EpochMilliseconds;
  /** null: it is still running, or its end is not known. */
  readonly until: EpochMilliseconds | null;
  readonly result: "running" | "ok" | "failed";
  /** Short: "200", "1006", "502". Empty: the text is enough. */
  readonly tag: string;
  readonly text: string;
}

const TRANSPORT_WORD: Readonly<Record<TransportName, string>> = {
  WebSockets: "WebSocket",
  ServerSentEvents: "Event stream",
  LongPolling: "Long polling",
};

type Tried = Pick<HubConnectionModel, "requests" | "transports">;

/** In order of time. */
export function attemptSteps(attempt: AttemptModel, { requests, transports }: Tried): AttemptStep[] {
  const own = requests.filter(({ request }) => attempt.requests.includes(request));
  const steps = [
    ...own.map((request, i) => negotiateStep(request, isFollowing(own[i - 1]))),
    ...transports
      .filter(({ socket }) => attempt.sockets.includes(socket))
      .map((transport) => transportStep(transport, attempt)),
  ];
  return steps.sort((a, b) => a.from - b.from);
}

/** Whether an attempt had more than the usual steps: a transport fallback, or a redirect to another server. */
export const isLadder = (steps: readonly AttemptStep[]): boolean =>
  steps.filter(({ kind }) => kind !== "negotiate").length > 1 ||
  steps.some(({ kind, tag }) => kind === "negotiate" && tag === "redirected");

/** Transports that didn't connect, before the one that did or the end. */
export const failedTransports = (steps: readonly AttemptStep[]): readonly AttemptStep[] =>
  steps.filter(({ kind, result }) => kind !== "negotiate" && result === "failed");

const isFollowing = (before: RequestModel | undefined): boolean => before?.ended?.redirectUrl !== undefined;

function negotiateStep(request: RequestModel, followed: boolean): AttemptStep {
  const step = answerStep(request, followed);
  const by = answeredBy(request.seen?.headers ?? []);
  const more = [by, request.timing === null ? "" : timingWords(request.timing)].filter(Boolean);
  return more.length === 0 ? step : { ...step, text: [step.text, ...more].filter(Boolean).join(" · ") };
}

function answerStep({ started, ended, seen, blockedBy }: RequestModel, followed: boolean): AttemptStep {
  const name = followed ? "Negotiate (redirected)" : "Negotiate";
  const place = { kind: "negotiate", name, from: started.t, until: ended?.t ?? null } as const;
  if (!ended) return { ...place, result: "running", tag: "", text: "no answer yet" };
  if (ended.redirectUrl !== undefined)
    return { ...place, result: "ok", tag: "redirected", text: `to ${hostOf(ended.redirectUrl)}` };
  if (ended.connectionId !== undefined)
    return {
      ...place,
      result: "ok",
      tag: String(ended.status ?? 200),
      text: `version ${ended.negotiateVersion ?? 0}`,
    };
  const wait =
    ended.retryAfter === undefined ? "" : `, Retry-After ${waitOf(ended.retryAfter)} ignored by the client`;
  return {
    ...place,
    result: "failed",
    tag: ended.status === null ? "no answer" : String(ended.status),
    text:
      ended.legacyVersion === undefined
        ? `${plainWords(ended.error ?? ended.statusText ?? "")}${whyOf(seen, blockedBy)}${wait}`
        : `an ASP.NET SignalR 2.x server (protocol ${ended.legacyVersion}): not supported by this client`,
  };
}

/** What the browser tells of a request without an answer. */
function whyOf(seen: RequestModel["seen"], blockedBy: string | null): string {
  if (blockedBy !== null) return ` · blocked by ${blockedBy} of the page's Content Security Policy`;
  return seen?.error === undefined ? "" : ` · ${seen.error}`;
}

function transportStep(transport: TransportModel, attempt: AttemptModel): AttemptStep {
  const place = {
    kind: transport.transport,
    name: TRANSPORT_WORD[transport.transport],
    from: transport.from,
  };
  const connected = transport.socket === attempt.socket && attempt.outcome.kind === "connected";
  if (connected || transport.handshakeAt !== null)
    return {
      ...place,
      until: transport.handshakeAt ?? attempt.endedAt,
      result: "ok",
      tag: "",
      text: "connected",
    };
  if (!transport.closed) {
    const over = attempt.socket !== transport.socket || attempt.endedAt !== null;
    return over
      ? { ...place, until: attempt.endedAt, result: "failed", tag: "", text: "given up" }
      : {
          ...place,
          until: null,
          result: "running",
          tag: "",
          text: transport.openedAt === null ? "connecting" : "open, no handshake response yet",
        };
  }
  const { t } = transport.closed;
  return { ...place, until: t, result: "failed", ...failure(transport) };
}

/** `webRequest` may have reported why an upgrade was refused; the page can't see that. */
function failure({
  from,
  closed,
  upgrade,
  seen,
  blockedBy,
  openedAt,
}: TransportModel): Pick<AttemptStep, "tag" | "text"> {
  if (blockedBy !== null)
    return { tag: "blocked", text: `by ${blockedBy} of the page's Content Security Policy` };
  const code = closed?.code ?? null;
  const answered = closed?.status ?? seen?.status ?? upgrade?.status ?? null;
  // Firefox reports 200 for a WebSocket whose upgrade was never answered.
  const waited = openedAt === null && (closed?.t ?? from) - from >= UNANSWERED;
  const status = waited && answered === 200 ? null : answered;
  const error = seen?.error ?? closed?.error ?? upgrade?.error ?? closed?.reason ?? "";
  const refused = upgrade !== null && upgrade.status !== 101 && !(waited && status === null);
  const how =
    waited && status === null
      ? "no answer"
      : refused
        ? `upgrade rejected${upgrade.status === null ? "" : ` with ${upgrade.status}`}`
        : openedAt !== null
          ? "closed before the handshake"
          : code !== null
            ? "did not open"
            : status !== null
              ? `answered ${status}`
              : "the browser gives no reason";
  const wait =
    upgrade?.retryAfter == null ? "" : `, Retry-After ${waitOf(upgrade.retryAfter)} ignored by the client`;
  const shown = status !== null && status !== 101 ? status : code;
  return {
    tag: shown === null ? "failed" : String(shown),
    text: `${how}${refused && code !== null ? `, code ${code}` : ""}${error ? `: ${error}` : ""}${wait}`,
  };
}

const hostOf = (url: string): string => /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? url;
