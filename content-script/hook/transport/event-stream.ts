/** A Server-Sent Events transport connection: an event source receives messages, POSTs send them. */
import type { Beginning } from "../record/connection-recorder.ts";
import {
  createHttpConnection,
  watchPost,
  type HttpConnection,
  type HttpConnectionContext,
} from "./http-connection.ts";
import { assign } from "../platform/natives.ts";
import {
  NativeEvent,
  apply,
  emit,
  guarded,
  isHandling,
  messageData,
  on,
  stopImmediately,
} from "../../sentinel/shared-with-hook.ts";
import type { RawEventSource, SourceEars } from "../../sentinel/event-source.ts";

export interface EventSourceConnection extends HttpConnection {
  readonly transport: "ServerSentEvents";
  readonly source: EventSource;
  /** While the tab is suspended: the messages that arrived; null stands for an error event. */
  frozen: (string | null)[] | undefined;
  /** Set by a fault: called when the page closes a connection that the fault has silenced. */
  onSilentClose: (() => void) | undefined;
  /** The page calls `close()`. @returns whether the native source is to be closed, too */
  closing(duringMessage?: boolean): boolean;
}

export function createEventStream(
  source: EventSource,
  beginning: Beginning,
  context: HttpConnectionContext,
  raw?: RawEventSource,
): EventSourceConnection {
  const listen = (
    type: "open" | "message" | "error",
    hear: (event: Event) => void,
  ): ((event: Event) => void) => {
    const listener = (event: Event): void => {
      // Events that the page dispatches itself are not recorded.
      if (!event.isTrusted) return;
      const { lostBy, muteIn, frozen, pipe } = connection;
      if (lostBy !== 0 || (type !== "open" && (muteIn !== 0 || frozen || pipe)))
        apply(stopImmediately, event, []);
      if (lostBy === 0)
        guarded(() => {
          hear(event);
        });
    };
    if (!raw) on(source, type, listener);
    return listener;
  };
  const base = createHttpConnection(beginning, context);
  const { log: log } = base;
  const open = listen("open", () => {
    log.opened();
  });
  const message = listen("message", (event) => {
    if (log.over) return;
    const { frozen, pipe, muteIn } = connection;
    const data = messageData(event);
    if (frozen && typeof data === "string") frozen[frozen.length] = data;
    else if (pipe && muteIn === 0) pipe.in(data);
    else log.received(data, muteIn);
  });
  const error = listen("error", () => {
    const { frozen, pipe, muteIn } = connection;
    // The browser would try again by itself; SignalR's client closes the source at once.
    if (frozen) frozen[frozen.length] = null;
    else if (pipe)
      pipe.last(() => {
        connection.end({ wasClean: false });
        emit(source, new NativeEvent("error"));
      });
    else if (!log.over && muteIn === 0) connection.end({ wasClean: false });
  });
  const own: Omit<EventSourceConnection, keyof typeof base> = {
    transport: "ServerSentEvents",
    source,
    frozen: undefined,
    onSilentClose: undefined,
    sees: (request) => (request.method === "POST" ? watchPost(connection, context, request) : undefined),
    closing(duringMessage = isHandling(source)) {
      if (log.over) return connection.lostBy === 0;
      log.closing(duringMessage);
      // Read before the end, as that may end the silence.
      const silent = connection.muteOut !== 0;
      if (silent) connection.onSilentClose?.();
      connection.end({ wasClean: true });
      return !silent;
    },
  };
  const connection = assign(base, own);
  if (raw) raw.ears = { open, message, error, closing: connection.closing } satisfies SourceEars;
  return connection;
}
