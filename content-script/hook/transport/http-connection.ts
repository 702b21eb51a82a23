/** The common part of Server-Sent Events and long polling: the client sends messages as POSTs to the connection's address. */
import type { TransportRequest } from "../../../extension/core/events/events.ts";
import type { FaultId } from "../../../extension/core/ids.ts";
import { omitUndefined } from "../../../extension/core/omit-undefined.ts";
import { createConnectionRecorder, type Beginning } from "../record/connection-recorder.ts";
import { errorWords } from "../record/error-text.ts";
import { byServiceWorker, type HttpAnswer, type HttpRequest, type HttpWatch } from "./http-request.ts";
import type { TransportConnection, ConnectionBase } from "./transport-connection.ts";
import { now } from "../../sentinel/shared-with-hook.ts";
import type { Recorder } from "../record/recorder.ts";
import type { RequestRule } from "./fault-hooks.ts";

export interface HttpConnection extends ConnectionBase {
  /** The fault by which the page lost it; 0: none. */
  lostBy: FaultId;
  /** With a fault of this connection: answers to its requests wait for this. */
  waiting: Promise<void> | undefined;
  /** Records its end, once. */
  end(how: ConnectionEnd, fault?: FaultId): void;
  /** A request to its address. */
  sees(request: HttpRequest): HttpWatch | undefined;
}

export interface ConnectionEnd {
  readonly wasClean: boolean;
  readonly status?: number | null;
  readonly error?: string | undefined;
  readonly byServiceWorker?: true | undefined;
}

export interface HttpConnectionContext {
  readonly recorder: Recorder;
  /** With a fault of the page: answers wait for this. */
  hold(): Promise<void> | undefined;
  rule(connection: HttpConnection, request: HttpRequest): RequestRule | undefined;
  /** The connection is over. */
  ended(connection: TransportConnection): void;
}

export const isOk = ({ status }: HttpAnswer): boolean => status >= 200 && status < 300;

/** Creates the common part of a connection. */
export function createHttpConnection(
  { url, at, ...beginning }: Beginning,
  { recorder, ended }: HttpConnectionContext,
): Omit<HttpConnection, "sees"> {
  const log = createConnectionRecorder({ url, at, ...beginning }, recorder);
  let isOver = false;
  const connection: Omit<HttpConnection, "sees"> = {
    id: beginning.id,
    url,
    startedAt: at,
    log,
    muteIn: 0,
    muteOut: 0,
    pipe: undefined,
    lostBy: 0,
    waiting: undefined,
    get over() {
      return log.over;
    },
    get replaced() {
      return connection.lostBy !== 0;
    },
    end(how, fault) {
      if (isOver) return;
      isOver = true;
      const { wasClean, ...rest } = how;
      log.closed({ code: null, reason: "", wasClean, ...omitUndefined({ ...rest, fault }) });
      ended(connection as TransportConnection);
    },
  };
  return connection;
}

/** Watches a POST, with which the client sends messages. */
export function watchPost(
  connection: HttpConnection,
  context: HttpConnectionContext,
  request: HttpRequest,
): HttpWatch {
  const rule = context.rule(connection, request);
  // Taken before its messages are recorded: everything recorded between this time and the answer was sent in this request.
  const from = now();
  // With faults that change the traffic, the pipe records it.
  if (!(connection.lostBy !== 0 && connection.over) && !(connection.pipe && connection.muteOut === 0))
    connection.log.sent(request.body, connection.lostBy || connection.muteOut);
  return watchRequest(connection, context, "POST", rule, undefined, from);
}

/** Watches a request without messages. Failures are recorded, and each DELETE. */
export function watchRequest(
  connection: HttpConnection,
  context: HttpConnectionContext,
  method: "POST" | "DELETE",
  rule: RequestRule | undefined,
  done?: (ok: boolean) => void,
  from = now(),
): HttpWatch {
  const note = (status: number | null, error?: unknown, made?: true): void => {
    noteRequest(connection, context.recorder, method, from, status, error, rule?.fault, made);
  };
  return {
    before: rule?.before,
    hold: () => context.hold(),
    reads: (answer) => (isOk(answer) ? undefined : "text"),
    answered(answer, text) {
      const ok = isOk(answer);
      if (!ok) note(answer.status, text || answer.statusText, byServiceWorker(answer, rule?.fault));
      else if (method === "DELETE") note(answer.status);
      done?.(ok);
    },
    failed(error) {
      note(null, error);
      done?.(false);
    },
  };
}

/** Records a request that didn't end as expected. */
export function noteRequest(
  { id, lostBy }: HttpConnection,
  recorder: Recorder,
  method: TransportRequest["method"],
  from: number,
  status: number | null,
  error?: unknown,
  fault?: FaultId,
  made?: true,
): void {
  const t = now();
  recorder.record({
    kind: "transport-request",
    t,
    socket: id,
    method,
    duration: t - from,
    status,
    ...omitUndefined({
      error: error === undefined ? undefined : errorWords(error),
      byServiceWorker: made,
      fault: lostBy || fault,
    }),
  });
}
