/** Records negotiates and remembers their connection tokens, by which transport connections are recognised. */
import { decodeBase64 } from "../platform/natives.ts";
import type { RequestId } from "../../../extension/core/ids.ts";
import { omitUndefined } from "../../../extension/core/omit-undefined.ts";
import {
  clientVersionOf,
  readNegotiateAnswer,
  saysNegotiateVersion,
  tokenLifetimeIn,
  withoutIds,
} from "../../../extension/core/protocol/negotiate.ts";
import { expiryOf } from "../../../extension/core/redaction/redact.ts";
import { tokenHash } from "../../../extension/core/redaction/token-hash.ts";
import { errorWords } from "../record/error-text.ts";
import { byServiceWorker, type HttpAnswer, type HttpRequest, type HttpWatch } from "./http-request.ts";
import { now, ownMethods } from "../../sentinel/shared-with-hook.ts";
import { LONGEST_TEXT } from "../platform/read-text.ts";
import type { Recorder } from "../record/recorder.ts";
import type { RequestRule } from "./fault-hooks.ts";

/** Limits the tokens, for pages that reconnect for days. */
const MAX_TOKENS = 200;

export interface Negotiates {
  requestOf(token: string): RequestId | undefined;
  /** The connection id that belongs to this token, as it may be recorded. */
  connectionIdOf(token: string): string | undefined;
  /** A connection id as it may be recorded: with negotiate version 0 it is the token itself, so it is replaced by a hash. */
  idToRecord(id: string): string;
  /** Bodies that are being read. */
  readonly pending: number;
  /** The newest request that is certainly a negotiate. */
  readonly newest: RequestId;
  /** A POST whose URL could be a negotiate's. */
  sees(request: HttpRequest): HttpWatch;
}

export interface NegotiateHooks {
  beforeStart(): void;
  tokenKnown(): void;
  rule(url: string, request: HttpRequest): RequestRule | undefined;
  hold(): Promise<void> | undefined;
}

export function createNegotiates(recorder: Recorder, hooks: NegotiateHooks): Negotiates {
  const tokens = ownMethods(
    new Map<string, { readonly request: RequestId; readonly id: string | undefined }>(),
  );
  /** Addresses that have answered like a hub: requests of old clients can't be recognised otherwise. */
  const answered = ownMethods(new Set<string>());
  let last = 0;
  let pending = 0;

  const remember = (token: string, request: RequestId, id: string | undefined): void => {
    tokens.set(token, { request, id });
    if (tokens.size > MAX_TOKENS) tokens.delete(tokens.keys().next().value ?? "");
  };
  const idToRecord = (id: string): string => (tokens.has(id) ? tokenHash(id) : id);
  const watch = (asked: HttpRequest): HttpWatch => {
    const startedAt = now();
    const url = new URL(asked.url, document.baseURI).href;
    const userAgent = asked.header("X-SignalR-User-Agent");
    const certain = saysNegotiateVersion(url) || userAgent !== null || answered.has(url);
    let request: RequestId = 0;
    let reading = false;
    let answeredAt = startedAt;
    const start = (): void => {
      if (request > 0) return;
      request = ++last;
      const clientVersion = userAgent === null ? undefined : clientVersionOf(userAgent);
      const authorization = asked.header("Authorization");
      recorder.tokens.rememberOf(url, authorization);
      const bearer = authorization?.replace(/^Bearer /i, "");
      const tokenExpiresAt = expiryOf(bearer, decodeBase64);
      recorder.record({
        kind: "negotiate",
        t: startedAt,
        request,
        url,
        api: asked.api,
        askedStatefulReconnect: url.includes("useStatefulReconnect=true"),
        ...omitUndefined({ clientVersion, tokenExpiresAt }),
      });
    };
    if (certain) start();
    const rule = certain ? hooks.rule(url, asked) : undefined;
    const fault = rule?.fault;
    return {
      before: rule?.before,
      hold: () => (request === 0 ? undefined : hooks.hold()),
      failed(error) {
        if (request === 0) return;
        recorder.record({
          kind: "negotiate-ended",
          request,
          status: null,
          error: errorWords(error),
          ...omitUndefined({ fault }),
        });
      },
      reads(answer) {
        const short = couldBeAnswer(answer);
        reading = certain || asked.api === "xhr" || short;
        if (reading) pending++;
        answeredAt = now();
        return reading ? (short ? "short text" : "text") : undefined;
      },
      answered(http, body) {
        if (!reading) return;
        reading = false;
        pending--;
        const { status, statusText } = http;
        const ok = status >= 200 && status < 300;
        const answer = ok ? readNegotiateAnswer(body as string) : null;
        if (answer && answer.legacyVersion === undefined) start();
        if (request === 0) return;
        recorder.tokens.remember(answer?.accessToken);
        if (answer?.connectionToken !== undefined) {
          recorder.tokens.remember(answer.connectionToken);
          remember(answer.connectionToken, request, answer.connectionId);
          if (answered.size < MAX_TOKENS) answered.add(url);
        }
        const error = answer?.error ?? (answer ? undefined : (body as string) || statusText);
        recorder.record({
          kind: "negotiate-ended",
          t: answeredAt,
          request,
          status,
          ...omitUndefined({
            statusText: statusText || undefined,
            error: error === undefined ? undefined : withoutIds(errorWords(error), recorder.tokens.remember),
            refused: answer?.error === undefined ? undefined : true,
            retryAfter: http.header("Retry-After") ?? undefined,
            negotiateVersion: answer?.negotiateVersion,
            statefulReconnect: answer?.statefulReconnect,
            connectionId: answer?.connectionId === undefined ? undefined : idToRecord(answer.connectionId),
            transports: answer?.transports,
            legacyVersion: answer?.legacyVersion,
            redirectedTo: answer || http.answeredBy === url ? undefined : http.answeredBy,
            byServiceWorker: byServiceWorker(http, fault),
            redirectUrl: answer?.redirectUrl,
            tokenLifetime: answer ? tokenLifetimeIn(body as string) : undefined,
            fault,
          }),
        });
        hooks.tokenKnown();
      },
    };
  };
  return {
    requestOf: (token) => tokens.get(token)?.request,
    connectionIdOf(token) {
      const id = tokens.get(token)?.id;
      return id === undefined ? undefined : idToRecord(id);
    },
    idToRecord,
    get pending() {
      return pending;
    },
    get newest() {
      return last;
    },
    sees(request) {
      hooks.beforeStart();
      return watch(request);
    },
  };
}

/**
 * Whether the answer of an unknown address could be a negotiate's. Copying a body changes how the page's own one streams: an
 * endless one would continue after the page cancelled it. So only short JSON is read.
 */
function couldBeAnswer(answer: HttpAnswer): boolean {
  const length = answer.header("Content-Length");
  return (
    length !== null &&
    Number(length) < LONGEST_TEXT &&
    answer.header("Content-Type")?.includes("json") === true
  );
}
