/**
 * A connection on one WebSocket of the page: recognises SignalR by its connection token or its handshake, and records its
 * traffic. A socket with another protocol is released: from then on it costs nothing.
 */
import type { FaultId, RequestId, SocketId } from "../../../extension/core/ids.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import { omitUndefined } from "../../../extension/core/omit-undefined.ts";
import { readHandshakeRequest } from "../../../extension/core/protocol/handshake.ts";
import { beginningOf } from "../record/binary-messages.ts";
import { createConnectionRecorder, type ConnectionRecorder } from "../record/connection-recorder.ts";
import { tokenIn, type ConnectionBase } from "./transport-connection.ts";
import { NativeCloseEvent, closeCode, closeReason, closeWasClean, entries } from "../platform/natives.ts";
import {
  NativeEvent,
  apply,
  atTime,
  emit,
  isHandling,
  messageData,
  nativeTimeout,
  now,
  off,
  on,
  stopImmediately,
} from "../../sentinel/shared-with-hook.ts";
import type { RawWebSocket } from "../../sentinel/websocket.ts";
import type { Recorder } from "../record/recorder.ts";

export interface WebSocketConnectionContext {
  readonly recorder: Recorder;
  /** The negotiate that answered with this connection token. */
  requestOf(token: string): RequestId | undefined;
  /** True while the body of a negotiate is still being read: the token may become known in a moment. */
  negotiating(): boolean;
  /** Whether it is that of a hub: SignalR has connected to it before, or a client that was found has it. */
  knows(url: string): boolean;
  nextSocketId(): SocketId;
  recognised(connection: WebSocketConnection): void;
  release(connection: WebSocketConnection): void;
}

export interface WebSocketConnection extends ConnectionBase {
  readonly transport: "WebSockets";
  readonly socket: WebSocket;
  /** The native socket's events must not reach the page any more. */
  replaced: boolean;
  /** Set by a fault that waits for the native close event. */
  onNativeClose: (() => void) | undefined;
  /** Set by a fault: takes messages that arrive after the page was notified of a loss. */
  onLate: ((data: unknown) => void) | undefined;
  /** Set by a fault: called when the page closes a connection that the fault has silenced. */
  onSilentClose: (() => void) | undefined;
  /** Records what the page sends, also when a fault swallows it. */
  sent(data: unknown): void;
  closing(code: unknown, reason: unknown, duringMessage?: boolean): void;
  /** A negotiate's token became known. */
  recheck(): void;
  /** Called by a fault that has resumed it: it is open again, under another id. */
  revive(): void;
  /** Records the close that the page sees. */
  closed(code: number | null, reason: string, wasClean: boolean, fault?: FaultId): void;
}

/** The `close` comes in the same task as the `error`; what happened before the hook came is replayed, and may wait for a body. */
const CLOSE_WITHIN: Milliseconds = 2_500;

type Phase = "unknown" | "recognised" | "ignored";

export function createWebSocketConnection(
  socket: WebSocket,
  url: string,
  context: WebSocketConnectionContext,
  raw?: RawWebSocket,
): WebSocketConnection {
  const { recorder } = context;
  const createdAt = now();
  const token = tokenIn(url);
  let phase: Phase = "unknown";
  let id: SocketId = 0;
  let openedAt = 0;
  let over = false;
  let log: ConnectionRecorder;

  const recognise = (request: RequestId | undefined): void => {
    id = context.nextSocketId();
    phase = "recognised";
    log = createConnectionRecorder({ id, transport: "WebSockets", url, at: createdAt, request }, recorder);
    if (openedAt > 0) log.opened(openedAt);
    context.recognised(connection);
  };
  const stopWatching = (): void => {
    phase = "ignored";
    if (raw) raw.release();
    else for (const [type, listener] of entries(listeners)) off(socket, type, listener);
    context.release(connection);
  };
  /** Events that the page dispatches itself are ignored, also with a fault. */
  const onTrusted =
    (listen: (event: Event) => void) =>
    (event: Event): void => {
      if (!event.isTrusted) return;
      // The hot path: no closure for `guarded`.
      try {
        listen(event);
      } catch {
        recorder.dropped(1);
      }
    };
  const onOpen = onTrusted(() => {
    openedAt = now();
    if (id > 0) log.opened();
  });
  const onMessage = onTrusted((event) => {
    const { muteIn, pipe, replaced, onLate } = connection;
    if (muteIn !== 0 || replaced || pipe || onLate) apply(stopImmediately, event, []);
    if (onLate) onLate(messageData(event));
    else if (replaced) return;
    else if (pipe && muteIn === 0) pipe.in(messageData(event));
    else hear(messageData(event), muteIn);
  });
  const onError = onTrusted((event) => {
    if (connection.replaced || connection.onNativeClose || connection.pipe?.waiting)
      apply(stopImmediately, event, []);
    // Chromium fires no `close` when a Content Security Policy forbids it.
    else if (openedAt === 0) {
      const at = now();
      nativeTimeout(() => {
        if (over) return;
        atTime(at, () => connection.closed(null, "", false));
        // It has one end, even if its close is replayed later than that.
        stopWatching();
      }, CLOSE_WITHIN);
    }
  });
  const onClose = onTrusted((event) => {
    if (connection.onNativeClose || connection.replaced) {
      apply(stopImmediately, event, []);
      connection.onNativeClose?.();
      return;
    }
    const end = { code: closeCode(event), reason: closeReason(event), wasClean: closeWasClean(event) };
    const { pipe } = connection;
    if (!pipe?.waiting) {
      connection.closed(end.code, end.reason, end.wasClean);
      return;
    }
    // With a fault, messages that were sent before the close may still be delayed.
    apply(stopImmediately, event, []);
    pipe.last(() => {
      connection.closed(end.code, end.reason, end.wasClean);
      if (!end.wasClean) emit(socket, new NativeEvent("error"));
      emit(socket, new NativeCloseEvent("close", end));
    });
  });
  const listeners = { open: onOpen, message: onMessage, error: onError, close: onClose };
  const hear = (data: unknown, mute: FaultId): void => {
    if (phase === "unknown") connection.recheck();
    if (phase === "recognised") log.received(data, mute);
    // A SignalR server never sends first: this is another protocol, unless the token is about to become known.
    else if (phase === "unknown" && !context.negotiating()) stopWatching();
  };
  const say = (data: unknown): void => {
    if (phase === "unknown") {
      const known = token === undefined ? undefined : context.requestOf(token);
      const begins = readHandshakeRequest(beginningOf(data)) !== null;
      if (!begins && known === undefined) {
        stopWatching();
        return;
      }
      recognise(known);
    }
    if (phase === "recognised") log.sent(data, connection.muteOut);
  };

  const connection: WebSocketConnection = {
    socket,
    transport: "WebSockets",
    url,
    startedAt: createdAt,
    get id() {
      return id;
    },
    get log() {
      return log;
    },
    get over() {
      return over;
    },
    muteIn: 0,
    muteOut: 0,
    pipe: undefined,
    replaced: false,
    onNativeClose: undefined,
    onLate: undefined,
    onSilentClose: undefined,
    sent(data) {
      if (phase === "ignored" || over) return;
      // The hot path: no closure for `guarded`.
      try {
        say(data);
      } catch {
        recorder.dropped(1);
      }
    },
    closing(code, reason, duringMessage = isHandling(socket)) {
      if (id === 0 || over) return;
      over = true;
      log.closing(duringMessage, code, reason);
      if (connection.replaced) context.release(connection);
    },
    recheck() {
      if (phase !== "unknown") return;
      const request = token === undefined ? undefined : context.requestOf(token);
      // Without a negotiate a socket is recognised by a known address: it may fail before its handshake.
      if (request !== undefined || (token === undefined && context.knows(url))) recognise(request);
    },
    revive() {
      id = context.nextSocketId();
      over = false;
      const request = token === undefined ? undefined : context.requestOf(token);
      log = createConnectionRecorder(
        { id, transport: "WebSockets", url, at: now(), request, resumed: true },
        recorder,
      );
      context.recognised(connection);
    },
    closed(code, reason, wasClean, fault) {
      if (phase === "unknown") connection.recheck();
      if (id === 0) {
        context.release(connection);
        return;
      }
      over = true;
      log.closed({ code, reason, wasClean, ...omitUndefined({ fault }) });
      context.release(connection);
    },
  };
  if (raw) {
    const { sent, closing } = connection;
    raw.ears = { ...listeners, sent, closing };
  } else for (const [type, listener] of entries(listeners)) on(socket, type, listener);
  return connection;
}
