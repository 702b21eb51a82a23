/** A transport connection as an entry: a WebSocket, an event stream, or the polls of long polling as one. */
import type { Entry } from "har-format";
import type { PageModel, RequestModel, TransportModel } from "../../core/model/types.ts";
import { omitUndefined } from "../../core/omit-undefined.ts";
import { counted } from "../../core/text/format.ts";
import { entryOf, headerOf, tokenOf, waited, type Initiator } from "./entry.ts";
import type { SocketFrames } from "./kept-frames.ts";

/** Where Chrome has the frames of a WebSocket. It has none of the other transports: theirs are in a field of our own. */
export const framesField = ({ transport }: TransportModel): "_webSocketMessages" | "_signalrMessages" =>
  transport === "WebSockets" ? "_webSocketMessages" : "_signalrMessages";

export function socketEntry(
  transport: TransportModel,
  { lastSeen }: Pick<PageModel, "lastSeen">,
  negotiate: RequestModel | undefined,
  frames: Omit<SocketFrames<unknown>, "kept">,
  of: Initiator,
): Entry {
  const { from, openedAt, closed, upgrade, seen, transport: kind } = transport;
  const end = closed?.t ?? lastSeen;
  const isSocket = kind === "WebSockets";
  const answered = openedAt ?? end;
  const status =
    upgrade?.status ??
    seen?.status ??
    (openedAt !== null ? (isSocket ? 101 : 200) : (closed?.status ?? null));
  return entryOf({
    of,
    type: isSocket
      ? "websocket"
      : kind === "ServerSentEvents"
        ? "eventsource"
        : (negotiate?.started.api ?? "fetch"),
    method: "GET",
    url: negotiate
      ? transport.url.replace(/([?&]id=)(?:…|%E2%80%A6)(?=&|$)/, `$1${tokenOf(of, negotiate.request)}`)
      : transport.url,
    startedAt: from,
    // One that is still open has received nothing since its answer, as Chrome has it.
    timings: waited(answered - from, closed && openedAt !== null ? Math.max(1, end - answered) : 0),
    status,
    statusText: status === 101 ? "Switching Protocols" : status === 200 ? "OK" : "",
    headers: [
      ...(upgrade?.retryAfter == null ? [] : [{ name: "Retry-After", value: upgrade.retryAfter }]),
      ...(upgrade?.headers ?? seen?.headers ?? []).map(headerOf),
    ],
    error: upgrade?.error ?? seen?.error ?? (openedAt === null ? closed?.error : undefined),
    transferSize: frames.sent.in,
    byServiceWorker: closed?.byServiceWorker,
    more: omitUndefined({
      _signalrTransport: kind,
      _signalrConnectionId: transport.connectionId ?? undefined,
      _closeCode: closed?.code ?? undefined,
      _closeReason: closed?.reason === "" ? undefined : closed?.reason,
      _wasClean: closed?.untold ? undefined : closed?.wasClean,
      _bytesIn: frames.sent.in,
      _bytesOut: frames.sent.out,
    }),
    comment: commentOf(transport, frames),
  });
}

function commentOf(transport: TransportModel, frames: Omit<SocketFrames<unknown>, "kept">): string {
  const { closed, since, ghost, blockedBy, transport: kind } = transport;
  return [
    "One hub message in each frame, whatever the frames were.",
    frames.unknown > 0 ? `${counted(frames.unknown, "payload")} not recorded: the data is empty.` : "",
    frames.cut > 0 ? `${counted(frames.cut, "payload")} cut.` : "",
    frames.counted > 0 ? `${counted(frames.counted, "message")} more only counted.` : "",
    since === null ? "" : "It was open before the recording began.",
    ghost ? "An orphaned WebSocket: the client has forgotten it." : "",
    blockedBy === null ? "" : `Blocked by the page's Content Security Policy: ${blockedBy}.`,
    kind === "LongPolling" ? "All its polls, as one; sends that failed are entries of their own." : "",
    kind === "ServerSentEvents" ? "Sends that failed are entries of their own." : "",
    closed === null ? "Not closed while it was recorded." : "",
    closed?.untold ? "How it closed isn't told." : "",
    closed?.fault == null ? "" : "Closed by a fault of Hubscope.",
  ]
    .filter(Boolean)
    .join(" ");
}
