/**
 * The private connection to the relay: the sentinel's MessagePort, and its last words for the moment when the page is left, as
 * a port would deliver too late.
 */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { HookToRelay, RecordMode, RelayToHook } from "../../../extension/messages/hook-relay.ts";
import { apply, guarded, messageData, on, ownMethods } from "../../sentinel/shared-with-hook.ts";

import { stringify } from "../platform/stringify.ts";
import { methodOf } from "../platform/classes.ts";

const postMessage = methodOf("MessagePort", "postMessage");
const start = methodOf("MessagePort", "start");
const closePort = methodOf("MessagePort", "close");

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

/** How the sentinel reaches the relay. */
export interface Link {
  /** Calls the listener when there is a port. */
  readonly whenPort: (listener: (port: MessagePort) => void) => void;
  /** Delivers synchronously. */
  readonly sendLastWords: (text: string) => void;
}

export function openChannel({ whenPort, sendLastWords }: Link): Channel {
  const early: HookToRelay[] = [];
  /** The newest unconfirmed batches, as far as there is room. Older ones may be lost if the page is left before they arrive. */
  const unconfirmed = ownMethods(new Map<number, Batch>());
  let unconfirmedLength = 0;
  let lastConfirmed = 0;
  let port: MessagePort | undefined;
  let gone = false;
  /** Commands that came before the hook was ready for them. */
  let commands: RelayToHook[] = [];
  let listener = (message: RelayToHook): void => {
    commands[commands.length] = message;
  };
  let lastBatch = 0;

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
  whenPort((given) => {
    port = given;
    on(given, "message", (event) => {
      guarded(() => {
        const message = messageData(event) as RelayToHook;
        if (message.type === "got") confirm(message.batch);
        else if (message.type === "gone") disconnect();
        else listener(message);
      });
    });
    apply(start, given, []);
    for (const message of early.splice(0)) post(message);
  });

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
      sendLastWords(stringify(all));
    },
    onMessage(given) {
      listener = given;
      const waiting = commands;
      commands = [];
      for (const message of waiting) given(message);
    },
  };
}
