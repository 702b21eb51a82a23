/**
 * What Server-Sent Events and long polling have in common: what the client sends goes as POSTs to the address of the
 * connection.
 */
import type { TransportRequest } from "../../../extension/core/events/events.ts";
import type { FaultId } from "../../../extension/core/ids.ts";
import { given } from "../../../extension/core/omit-undefined.ts";
import { createConversation, type Beginning } from "../record/connection-recorder.ts";
import { errorWords } from "../record/error-text.ts";
import { byServiceWorker, type HttpAnswer, type HttpRequest, type HttpWatch } from "./http-request.ts";
import type { Link, LinkBase } from "./transport-connection.ts";
import { now } from "../platform/natives.ts";
import type { Recorder } from "../record/recorder.ts";
import type { RequestRule } from "./fault-hooks.ts";

export interface HttpLink extends LinkBase {
  /** The fault by which the page lost it; 0: none. */
  lostBy: FaultId;
  /** Under a fault of this connection: answers to its requests wait for this. */
  waiting: Promise<void> | undefined;
  /** Records its end, once. */
  end(how: LinkEnd, fault?: FaultId): void;
  /** A request to its address. */
  sees(request: HttpRequest): HttpWatch | undefined;
}

export interface LinkEnd {
  readonly wasClean: boolean;
  readonly status?: number | null;
  readonly error?: string | undefined;
  readonly byServiceWorker?: true | undefined;
}

export interface HttpLinkContext {
  readonly recorder: Recorder;
  /** Under a fault of the page: answers wait for this. */
  hold(): Promise<void> | undefined;
  rule(link: HttpLink, request: HttpRequest): RequestRule | undefined;
  /** The link is over. */
  ended(link: Link): void;
}

export const isOk = ({ status }: HttpAnswer): boolean => status >= 200 && status < 300;

/** The part of a link that both share. */
export function createHttpLink(
  { url, at, ...beginning }: Beginning,
  { recorder, ended }: HttpLinkContext,
): Omit<HttpLink, "sees"> {
  const conversation = createConversation({ url, at, ...beginning }, recorder);
  let isOver = false;
  const link: Omit<HttpLink, "sees"> = {
    id: beginning.id,
    url,
    startedAt: at,
    conversation,
    muteIn: 0,
    muteOut: 0,
    pipe: undefined,
    lostBy: 0,
    waiting: undefined,
    get over() {
      return conversation.over;
    },
    get replaced() {
      return link.lostBy !== 0;
    },
    end(how, fault) {
      if (isOver) return;
      isOver = true;
      const { wasClean, ...rest } = how;
      conversation.closed({ code: null, reason: "", wasClean, ...given({ ...rest, fault }) });
      ended(link as Link);
    },
  };
  return link;
}

/** What the client sends. */
export function watchPost(link: HttpLink, context: HttpLinkContext, request: HttpRequest): HttpWatch {
  const rule = context.rule(link, request);
  // Before what it says is recorded: what is recorded from here until its answer was in this request.
  const from = now();
  // Faults that shape the traffic have recorded it.
  if (!(link.lostBy !== 0 && link.over) && !(link.pipe && link.muteOut === 0))
    link.conversation.said(request.body, link.lostBy || link.muteOut);
  return watchRequest(link, context, "POST", rule, undefined, from);
}

/** A request that brings no messages. What went wrong with it is recorded, and of a DELETE that it was. */
export function watchRequest(
  link: HttpLink,
  context: HttpLinkContext,
  method: "POST" | "DELETE",
  rule: RequestRule | undefined,
  done?: (ok: boolean) => void,
  from = now(),
): HttpWatch {
  const note = (status: number | null, error?: unknown, made?: true): void => {
    noteRequest(link, context.recorder, method, from, status, error, rule?.fault, made);
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

/** Records a request that ended otherwise than usual. */
export function noteRequest(
  { id, lostBy }: HttpLink,
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
    ...given({
      error: error === undefined ? undefined : errorWords(error),
      byServiceWorker: made,
      fault: lostBy || fault,
    }),
  });
}
