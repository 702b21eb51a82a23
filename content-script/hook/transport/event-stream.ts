/** Server-Sent Events as one transport connection: an event source brings messages, POSTs send. */
import type { Beginning } from "../record/connection-recorder.ts";
import { createHttpLink, watchPost, type HttpLink, type HttpLinkContext } from "./http-connection.ts";
import {
  NativeEvent,
  apply,
  assign,
  currentEvent,
  emit,
  eventTarget,
  eventType,
  messageData,
  on,
  stopImmediately,
} from "../platform/natives.ts";
import { guarded } from "../platform/guard.ts";

export interface SourceLink extends HttpLink {
  readonly transport: "ServerSentEvents";
  readonly source: EventSource;
  /** What came while the tab was suspended, once it was; null: the error. */
  frozen: (string | null)[] | undefined;
  /** A fault wants to know that the page closes what it has silenced. */
  onSilentClose: (() => void) | undefined;
  /** The page calls `close()`. @returns whether the native source is to be closed, too */
  closing(): boolean;
}

export function createEventStream(
  source: EventSource,
  beginning: Beginning,
  context: HttpLinkContext,
): SourceLink {
  const listen = (type: string, hear: (event: Event) => void): void => {
    on(source, type, (event) => {
      // What the page dispatches by itself is its own affair.
      if (!event.isTrusted) return;
      const { lostBy, muteIn, frozen, pipe } = link;
      if (lostBy !== 0 || (type !== "open" && (muteIn !== 0 || frozen || pipe)))
        apply(stopImmediately, event, []);
      if (lostBy === 0)
        guarded(() => {
          hear(event);
        });
    });
  };
  const base = createHttpLink(beginning, context);
  const { conversation } = base;
  listen("open", () => {
    conversation.opened();
  });
  listen("message", (event) => {
    if (conversation.over) return;
    const { frozen, pipe, muteIn } = link;
    const data = messageData(event);
    if (frozen && typeof data === "string") frozen[frozen.length] = data;
    else if (pipe && muteIn === 0) pipe.in(data);
    else conversation.heard(data, muteIn);
  });
  listen("error", () => {
    const { frozen, pipe, muteIn } = link;
    // The browser would try again by itself; SignalR's client closes the source at once.
    if (frozen) frozen[frozen.length] = null;
    else if (pipe)
      pipe.last(() => {
        link.end({ wasClean: false });
        emit(source, new NativeEvent("error"));
      });
    else if (!conversation.over && muteIn === 0) link.end({ wasClean: false });
  });
  const own: Omit<SourceLink, keyof typeof base> = {
    transport: "ServerSentEvents",
    source,
    frozen: undefined,
    onSilentClose: undefined,
    sees: (request) => (request.method === "POST" ? watchPost(link, context, request) : undefined),
    closing() {
      if (conversation.over) return link.lostBy === 0;
      const current = currentEvent(window);
      conversation.closing(
        current ? eventType(current) === "message" && eventTarget(current) === source : false,
      );
      // The end of the link may end its silence.
      const silent = link.muteOut !== 0;
      if (silent) link.onSilentClose?.();
      link.end({ wasClean: true });
      return !silent;
    },
  };
  const link = assign(base, own);
  return link;
}
