/** The events of one negotiate, as the hook records them. */
import type { Unstamped } from "../events/events.ts";
import type { RequestId } from "../ids.ts";
import { omitUndefined } from "../omit-undefined.ts";
import {
  clientVersionOf,
  readNegotiateAnswer,
  saysNegotiateVersion,
  tokenLifetimeIn,
  withoutIds,
  type NegotiateAnswer,
} from "../protocol/negotiate.ts";
import { expiryOf } from "../redaction/redact.ts";
import { tokenHash } from "../redaction/token-hash.ts";
import type { UsedTokens } from "../redaction/used-tokens.ts";
import { plainWords } from "../text/html-text.ts";
import { cutAtWord } from "../text/shortened.ts";
import { isRedirect, type HarEntry } from "./entry.ts";

const LONGEST_TEXT = 20_000;
const USER_AGENT = "X-SignalR-User-Agent";

/** Whether it is one before its answer is known; requests of clients before 3.1 only show it by their answer. */
export const isCertain = ({ url, sentHeader }: HarEntry): boolean =>
  saysNegotiateVersion(url) || sentHeader(USER_AGENT) !== undefined;

export function begun(entry: HarEntry, request: RequestId, tokens: UsedTokens): Unstamped {
  const { url, type, startedAt, sentHeader } = entry;
  const authorization = sentHeader("Authorization") ?? null;
  tokens.rememberOf(url, authorization);
  const userAgent = sentHeader(USER_AGENT);
  return {
    kind: "negotiate",
    t: startedAt,
    request,
    url,
    api: type === "xhr" ? "xhr" : "fetch",
    askedStatefulReconnect: url.includes("useStatefulReconnect=true"),
    ...omitUndefined({
      clientVersion: userAgent === undefined ? undefined : clientVersionOf(userAgent),
      tokenExpiresAt: expiryOf(authorization?.replace(/^Bearer /i, ""), atob),
    }),
  };
}

/** Whether all is known of it: its answer's body comes later than the rest. */
export const isComplete = ({ endedAt, status, body }: HarEntry): boolean =>
  endedAt !== null && (status === null || body !== undefined);

export function answerOf({ status, body }: HarEntry): NegotiateAnswer | null {
  return isOk(status) && typeof body === "string" ? readNegotiateAnswer(body) : null;
}

/** @param entry a complete one */
export function ended(
  entry: HarEntry,
  answer: NegotiateAnswer | null,
  request: RequestId,
  tokens: UsedTokens,
): readonly Unstamped[] {
  const { status, statusText, error, body, startedAt, gotHeader, redirectedTo, byServiceWorker } = entry;
  const t = entry.endedAt ?? startedAt;
  // A page never sees the status of a redirect; what it got in its place isn't in the log.
  if (status === null || isRedirect(entry))
    return [
      { kind: "negotiate-ended", t, request, status: null },
      ...(error === undefined && status === null
        ? []
        : [
            {
              ...({ kind: "request-seen", t, request, method: "POST", status } as const),
              ...omitUndefined({ error, redirectedTo }),
            },
          ]),
    ];
  tokens.remember(answer?.accessToken);
  tokens.remember(answer?.connectionToken);
  const words = answer?.error ?? (answer ? undefined : body || statusText);
  return [
    {
      kind: "negotiate-ended",
      t,
      request,
      status,
      ...omitUndefined({
        statusText: statusText || undefined,
        error:
          words === undefined
            ? undefined
            : withoutIds(plainWords(cutAtWord(words, LONGEST_TEXT)), tokens.remember),
        refused: answer?.error === undefined ? undefined : true,
        retryAfter: gotHeader("Retry-After"),
        negotiateVersion: answer?.negotiateVersion,
        statefulReconnect: answer?.statefulReconnect,
        connectionId: connectionIdOf(answer),
        transports: answer?.transports,
        legacyVersion: answer?.legacyVersion,
        redirectUrl: answer?.redirectUrl,
        redirectedTo: answer ? undefined : redirectedTo,
        byServiceWorker,
        tokenLifetime: answer && typeof body === "string" ? tokenLifetimeIn(body) : undefined,
      }),
    },
  ];
}

/** With negotiate version 0 the id is the token itself. */
export function connectionIdOf(answer: NegotiateAnswer | null): string | undefined {
  const { connectionId, connectionToken } = answer ?? {};
  return connectionId !== undefined && connectionId === connectionToken
    ? tokenHash(connectionId)
    : connectionId;
}

const isOk = (status: number | null): boolean => status !== null && status >= 200 && status < 300;
