/**
 * The private way to the relay: a MessagePort, and for the moment when the page goes away and a port would deliver too late,
 * DOM events. Both meet at a comment node: the hook leaves it in the document, the relay takes it out and
 * speaks on it. Out of the document no listener of the page hears what is dispatched there, not even one that its parent
 * has put on the window before the document was there. Without a relay it is gone before long.
 */
import type { RecordedEvent } from "../../extension/core/events.ts";
import {
  LAST_WORDS_EVENT,
  MEETING_POINT,
  PORT_EVENT,
  type HookToRelay,
  type RelayToHook,
} from "../../extension/core/hook-messages.ts";
import { guarded } from "./guard.ts";
import {
  NativeMessageEvent,
  apply,
  emit,
  later,
  messageData,
  off,
  on,
  ownMethods,
  stringify,
} from "./natives.ts";

const removeNode = Comment.prototype.remove;
const postMessage = MessagePort.prototype.postMessage;

/** Messages that wait for a relay. Without one (the extension was removed) they must not pile up. */
const MOST_EARLY = 100;
/** Batches whose arrival is not confirmed. */
const MOST_UNCONFIRMED = 20;

export interface Channel {
  send(events: readonly RecordedEvent[]): void;
  reply(message: Extract<HookToRelay, { type: "reply" }>): void;
  /** Delivered before it returns, with all that is still on its way. For the page's last events. */
  sendNow(events: readonly RecordedEvent[]): void;
  onMessage(listener: (message: RelayToHook) => void): void;
}

export function openChannel(): Channel {
  const early: HookToRelay[] = [];
  const unconfirmed = ownMethods(new Map<number, readonly RecordedEvent[]>());
  let port: MessagePort | undefined;
  let listener: (message: RelayToHook) => void = () => undefined;
  let lastBatch = 0;

  const node = document.createComment(MEETING_POINT);
  const accept = (event: Event): void => {
    const [handed] = (event as MessageEvent).ports;
    if (!handed) return;
    off(node, PORT_EVENT, accept);
    port = handed;
    on(handed, "message", (event) => {
      guarded(() => {
        const message = messageData(event) as RelayToHook;
        if (message.type === "got") unconfirmed.delete(message.batch);
        else listener(message);
      });
    });
    handed.start();
    for (const message of early.splice(0)) post(message);
  };
  const post = (message: HookToRelay): void => {
    if (port) apply(postMessage, port, [message]);
    else if (early.length < MOST_EARLY) early.push(message);
  };
  on(node, PORT_EVENT, accept);
  document.append(node);
  later(() => {
    apply(removeNode, node, []);
  }, 0);

  return {
    send(events) {
      const batch = ++lastBatch;
      unconfirmed.set(batch, events);
      unconfirmed.delete(batch - MOST_UNCONFIRMED);
      post({ type: "events", batch, events });
    },
    reply: post,
    sendNow(events) {
      let all: readonly RecordedEvent[] = [];
      for (const sent of unconfirmed.values()) all = [...all, ...sent];
      emit(node, new NativeMessageEvent(LAST_WORDS_EVENT, { data: stringify([...all, ...events]) }));
    },
    onMessage(given) {
      listener = given;
    },
  };
}
