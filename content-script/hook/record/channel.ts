/**
 * The private connection to the relay: a MessagePort, and DOM events for the moment when the page is left, as a port would
 * deliver too late. Both begin with a comment node: the hook adds it to the document, the relay removes it and dispatches
 * events on it. Outside the document no listener of the page receives these events, not even one that a parent frame had added
 * to the window before.
 */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import {
  LAST_WORDS_EVENT,
  HANDSHAKE_NODE,
  PORT_EVENT,
  type HookToRelay,
  type RecordMode,
  type RelayToHook,
} from "../../../extension/messages/hook-relay.ts";
import { guarded } from "../platform/guard.ts";
import {
  NativeMessageEvent,
  apply,
  emit,
  messageData,
  off,
  on,
  ownMethods,
  stringify,
} from "../platform/natives.ts";

const { postMessage, close: closePort } = MessagePort.prototype;

/** This many unconfirmed messages mean that the relay is gone: the extension was reloaded, updated or removed. */
const MAX_UNCONFIRMED = 20;
/** Texts of batches that are kept until their arrival is confirmed, in characters. */
const MAX_UNCONFIRMED_LENGTH = 8 * 1024 * 1024;

/** The mode without a relay: nothing is recorded. */
const NOTHING: RecordMode = {
  record: false,
  payloads: false,
  payloadCap: 0,
  probe: false,
  flightRecorderRate: 1,
};

export interface Channel {
  /** Everything that was sent has arrived. */
  readonly idle: boolean;
  /** @param length of the texts in it */
  send(events: readonly RecordedEvent[], length: number): void;
  reply(message: Extract<HookToRelay, { type: "reply" }>): void;
  /** Delivers synchronously, with everything that is still unconfirmed. For the page's last events. */
  sendNow(events: readonly RecordedEvent[]): void;
  onMessage(listener: (message: RelayToHook) => void): void;
}

interface Batch {
  readonly events: readonly RecordedEvent[];
  readonly length: number;
}

export function openChannel(): Channel {
  const early: HookToRelay[] = [];
  /** The newest unconfirmed batches, as far as there is room. Older ones may be lost if the page is left before they arrive. */
  const unconfirmed = ownMethods(new Map<number, Batch>());
  let unconfirmedLength = 0;
  let lastConfirmed = 0;
  let port: MessagePort | undefined;
  let gone = false;
  let listener: (message: RelayToHook) => void = () => undefined;
  let lastBatch = 0;

  const node = document.createComment(HANDSHAKE_NODE);
  const accept = (event: Event): void => {
    const [handed] = (event as MessageEvent).ports;
    if (!handed) return;
    off(node, PORT_EVENT, accept);
    port = handed;
    on(handed, "message", (event) => {
      guarded(() => {
        const message = messageData(event) as RelayToHook;
        if (message.type === "got") confirm(message.batch);
        else if (message.type === "gone") disconnect();
        else listener(message);
      });
    });
    handed.start();
    for (const message of early.splice(0)) post(message);
  };
  const post = (message: HookToRelay): void => {
    if (gone) return;
    if (port) apply(postMessage, port, [message]);
    else early[early.length] = message;
  };
  const forget = (batch: number): void => {
    unconfirmedLength -= unconfirmed.get(batch)?.length ?? 0;
    unconfirmed.delete(batch);
  };
  const confirm = (batch: number): void => {
    lastConfirmed = batch;
    forget(batch);
  };
  /** From here on nothing is recorded any more. */
  const disconnect = (): void => {
    gone = true;
    early.length = 0;
    unconfirmed.clear();
    if (port) apply(closePort, port, []);
    port = undefined;
    listener({ type: "end-fault", call: 0, fault: "all", why: "panel-closed" });
    listener({ type: "mode", mode: NOTHING });
  };
  on(node, PORT_EVENT, accept);
  // When the browser is busy the relay may run a few tasks later; it removes the node.
  document.append(node);

  return {
    get idle() {
      return lastConfirmed === lastBatch;
    },
    send(events, length) {
      if (gone) return;
      const batch = ++lastBatch;
      unconfirmedLength += length;
      // Messages that wait for a port can't be discarded, but there is a port from the beginning or never.
      if (batch - lastConfirmed > MAX_UNCONFIRMED || (!port && unconfirmedLength > MAX_UNCONFIRMED_LENGTH)) {
        disconnect();
        return;
      }
      unconfirmed.set(batch, { events, length });
      for (const oldest of unconfirmed.keys())
        if (unconfirmedLength > MAX_UNCONFIRMED_LENGTH && oldest !== batch) forget(oldest);
      post({ type: "events", batch, events });
    },
    reply: post,
    sendNow(events) {
      if (gone) return;
      const all: RecordedEvent[] = [];
      for (const sent of unconfirmed.values()) for (const event of sent.events) all[all.length] = event;
      for (const event of events) all[all.length] = event;
      emit(node, new NativeMessageEvent(LAST_WORDS_EVENT, { data: stringify(all) }));
    },
    onMessage(given) {
      listener = given;
    },
  };
}
