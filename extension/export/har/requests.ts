/** Requests without frames as entries: negotiates, token refreshes, the requests of HTTP transports. */
import type { Entry, Response, Timings } from "har-format";
import type { TransportRequest } from "../../core/events/events.ts";
import type { TokenRefreshed } from "../../core/events/browser-events.ts";
import type { RequestModel, TransportModel } from "../../core/model/types.ts";
import { omitUndefined } from "../../core/omit-undefined.ts";
import { hubUrlOf } from "../../core/protocol/addresses.ts";
import { entryOf, headerOf, tokenOf, waited, type Initiator } from "./entry.ts";

const INJECTED = "Answered by a fault of Hubscope, not by the server.";

export function negotiateEntry(
  { started, ended, seen, timing, blockedBy }: RequestModel,
  of: Initiator,
): Entry {
  const fault = ended?.fault === undefined ? [] : [INJECTED];
  const blocked = blockedBy === null ? [] : [`Blocked by the page's Content Security Policy: ${blockedBy}.`];
  const network =
    seen && ended?.status === null ? ["Status and error are from the browser; the page saw none."] : [];
  const open = ended ? [] : ["Not answered while it was recorded."];
  return entryOf({
    of,
    type: started.api,
    method: "POST",
    url: started.url,
    startedAt: started.t,
    timings: timing ? timed(timing) : waited(ended ? ended.t - started.t : 0),
    status: ended?.status ?? seen?.status ?? null,
    statusText: ended?.statusText,
    headers: [
      ...(ended?.retryAfter === undefined ? [] : [{ name: "Retry-After", value: ended.retryAfter }]),
      ...(seen?.headers ?? []).map(headerOf),
    ],
    content: ended ? contentOf(ended, tokenOf(of, started.request)) : undefined,
    redirectURL: ended?.redirectedTo ?? seen?.redirectedTo,
    error: ended && ended.status === null ? (seen?.error ?? ended.error ?? "no answer") : seen?.error,
    byServiceWorker: ended?.byServiceWorker,
    more: omitUndefined({ _signalrClientVersion: started.clientVersion }),
    comment: [...fault, ...blocked, ...network, ...open].join(" "),
  });
}

const timed = (timing: NonNullable<RequestModel["timing"]>): Timings => ({
  blocked: timing.queued,
  dns: timing.dns,
  connect: timing.connect,
  ssl: timing.tls,
  send: 0,
  wait: timing.wait,
  receive: timing.download,
});

/** Of an answer only its known fields are recorded, of an error the beginning. */
function contentOf(ended: NonNullable<RequestModel["ended"]>, token: string): Response["content"] {
  const { connectionId, negotiateVersion, transports, redirectUrl, error, statefulReconnect } = ended;
  if (connectionId === undefined && redirectUrl === undefined && !ended.refused)
    return error === undefined || ended.status === null
      ? { size: 0, mimeType: "x-unknown", comment: "not recorded" }
      : { size: 0, mimeType: "text/plain", text: error, comment: "the beginning of it" };
  const fields = omitUndefined({
    negotiateVersion,
    connectionId,
    connectionToken: connectionId === undefined ? undefined : token,
    availableTransports: transports?.map((transport) => ({ transport })),
    useStatefulReconnect: statefulReconnect,
    url: redirectUrl,
    error,
  });
  return {
    size: 0,
    mimeType: "application/json",
    text: JSON.stringify(fields),
    comment: "What was recorded of it. Tokens never are: in place of one is the number of its negotiate.",
  };
}

export function refreshEntry(
  { t, duration, status, error }: TokenRefreshed,
  negotiate: RequestModel | undefined,
  of: Initiator,
): Entry {
  return entryOf({
    of,
    type: negotiate?.started.api ?? "fetch",
    method: "POST",
    url: negotiate ? `${hubUrlOf(negotiate.started.url)}/refresh` : "",
    startedAt: t - duration,
    timings: waited(duration),
    status,
    error: status === null ? (error ?? "no answer") : undefined,
    comment: "Refresh of an access token. The address is derived from its negotiate.",
  });
}

export function transportRequestEntry(
  { t, method, duration, status, error, fault, byServiceWorker }: TransportRequest,
  transport: TransportModel,
  of: Initiator,
): Entry {
  return entryOf({
    of,
    type: "fetch",
    method,
    url: transport.url,
    startedAt: t - duration,
    timings: waited(duration),
    status,
    error: status === null ? (error ?? "no answer") : undefined,
    content:
      status === null ? undefined : { size: 0, mimeType: "x-unknown", ...(error ? { text: error } : {}) },
    byServiceWorker,
    comment: fault === undefined ? "" : INJECTED,
  });
}
