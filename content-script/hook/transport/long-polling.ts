/**
 * A long polling transport connection: GETs wait for messages, POSTs send them, a DELETE ends it
 * (https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/TransportProtocols.md). Measured with the client: a
 * poll that it aborts is followed by the next one (its own timeout) or by the DELETE (stop).
 */
import type { Beginning } from "../record/connection-recorder.ts";
import { errorWords } from "../record/error-text.ts";
import {
  createHttpConnection,
  isOk,
  noteRequest,
  watchPost,
  watchRequest,
  type HttpConnection,
  type HttpConnectionContext,
} from "./http-connection.ts";
import { byServiceWorker, type HttpControl, type HttpRequest, type HttpWatch } from "./http-request.ts";
import { assign } from "../platform/natives.ts";
import { now } from "../../sentinel/shared-with-hook.ts";

export interface PollingConnection extends HttpConnection {
  readonly transport: "LongPolling";
  /** Of the poll that is under way. */
  control: HttpControl | undefined;
  /** A message of a fault, to be delivered by the next poll. */
  injected: string | ArrayBuffer | undefined;
}

/** The page itself aborted the request. */
const isAbort = (error: unknown): boolean => {
  const name = (error as { name?: unknown } | null)?.name;
  return name === "AbortError" || name === "TimeoutError";
};

export function createPolling(beginning: Beginning, context: HttpConnectionContext): PollingConnection {
  const base = createHttpConnection(beginning, context);
  const { log: log } = base;
  let opened = false;
  /** A poll that the page aborted: the next request shows why. */
  let aborted: { readonly from: number; readonly error: unknown } | undefined;
  let deleted: { readonly ok: boolean } | undefined;

  const poll = (request: HttpRequest): HttpWatch => {
    const from = now();
    const rule = context.rule(connection, request);
    const note = (status: number | null, error?: unknown): void => {
      noteRequest(connection, context.recorder, "GET", from, status, error);
    };
    if (aborted) noteRequest(connection, context.recorder, "GET", aborted.from, null, aborted.error);
    aborted = undefined;
    let own: HttpControl | undefined;
    /** With a fault that changes the poll's answer. */
    let delivered: Promise<void> | undefined;
    const over = (): void => {
      if (connection.control === own) connection.control = undefined;
    };
    return {
      before: rule?.before,
      hold: () => delivered ?? connection.waiting ?? context.hold(),
      takes(offered) {
        connection.control = own = offered;
        if (connection.injected === undefined) return;
        offered.answer(connection.injected);
        offered.abort();
        connection.injected = undefined;
      },
      reads: (answer) =>
        answer.status === 204 || answer.header("Content-Type")?.includes("event-stream") === true
          ? undefined
          : isOk(answer) && log.protocol !== "json"
            ? "bytes"
            : "text",
      answered(answer, body) {
        over();
        const { status, statusText } = answer;
        const length = typeof body === "string" ? body.length : body.byteLength;
        const first = status === 200 && !opened;
        if (first) {
          opened = true;
          log.opened();
        }
        if (status === 204) connection.end({ wasClean: true, status });
        else if (status !== 200)
          connection.end(
            {
              wasClean: false,
              status,
              error: errorWords(body || statusText),
              byServiceWorker: byServiceWorker(answer, rule?.fault),
            },
            rule?.fault,
          );
        else if (length > 0) {
          if (connection.pipe && own) delivered = connection.pipe.poll(body, own);
          else log.received(body, 0);
        } else if (!first) note(status);
        // The last poll may still bring a message when its connection was deleted meanwhile.
        if (deleted) connection.end({ wasClean: deleted.ok, status });
      },
      failed(error) {
        over();
        if (isAbort(error)) {
          aborted = { from, error };
          if (deleted) connection.end({ wasClean: deleted.ok, status: null });
        } else connection.end({ wasClean: false, status: null, error: errorWords(error) }, rule?.fault);
      },
    };
  };
  const remove = (request: HttpRequest): HttpWatch => {
    if (!log.over) log.closing(false);
    return watchRequest(connection, context, "DELETE", context.rule(connection, request), (ok) => {
      deleted = { ok };
      if (!connection.control) connection.end({ wasClean: ok, status: null });
    });
  };
  const own: Omit<PollingConnection, keyof typeof base> = {
    transport: "LongPolling",
    control: undefined,
    injected: undefined,
    sees(request) {
      switch (request.method) {
        case "GET":
          return poll(request);
        case "POST":
          return watchPost(connection, context, request);
        case "DELETE":
          return remove(request);
        default:
          return undefined;
      }
    },
  };
  const connection = assign(base, own);
  return connection;
}
