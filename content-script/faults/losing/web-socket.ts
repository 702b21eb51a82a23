import type { FaultId } from "../../../extension/core/ids.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import type { WebSocketConnection } from "../../hook/transport/websocket-connection.ts";
import {
  NativeCloseEvent,
  NativeEvent,
  apply,
  defineProperty,
  emit,
  guarded,
  nativeTimeout,
  socketClose,
} from "../../hook/shared-with-tools.ts";
import { forget, keepForResume } from "./resume.ts";
import { resumeWindowAt } from "./resume-window.ts";

/** A server that doesn't answer the close frame must not delay the loss. */
const CLOSE_ANSWER: Milliseconds = 100;

const CLOSING = 2;
const CLOSED = 3;

/** Contents of the page's close event. */
export interface SocketEnd {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

/** As in the close event of every connection that was lost without a close frame. */
export const BROKEN: SocketEnd = { code: 1006, reason: "", wasClean: false };

/** Like a lost network: the page is notified immediately, the server notices when its timeout is over. */
export function loseAbruptly(connection: WebSocketConnection, fault: FaultId): void {
  const { id } = connection;
  keepForResume(connection, fault);
  tellPage(connection, fault, BROKEN);
  nativeTimeout(() => {
    // After a resume the connection has another id.
    if (connection.id !== id) return;
    forget(connection);
    apply(socketClose, connection.socket, []);
  }, resumeWindowAt(connection.url));
}

/** The server gets a close frame; the page gets this close event before any other page code can run. */
export function loseGracefully(
  connection: WebSocketConnection,
  fault: FaultId,
  end: SocketEnd,
  done: () => void,
): void {
  let told = false;
  const dispatchClose = (): void => {
    if (told) return;
    told = true;
    connection.onNativeClose = undefined;
    if (!connection.over) tellPage(connection, fault, end);
    done();
  };
  connection.muteIn = fault;
  connection.muteOut = fault;
  connection.onNativeClose = dispatchClose;
  apply(socketClose, connection.socket, maySend(end.code) ? [end.code, end.reason] : []);
  nativeTimeout(dispatchClose, CLOSE_ANSWER);
}

/**
 * Codes that `close()` accepts (https://developer.mozilla.org/docs/Web/API/WebSocket/close#code). ASP.NET Core treats a frame
 * without a code as 1000.
 */
const maySend = (code: number): boolean => code === 1000 || (code >= 3000 && code <= 4999);

/** The page closes a socket while nothing gets out to the server: it is closed immediately, and no close frame is sent. */
export function abandon(connection: WebSocketConnection): void {
  const { socket } = connection;
  connection.replaced = true;
  stateOf(socket, CLOSING);
  nativeTimeout(() => {
    stateOf(socket, CLOSED);
    emit(socket, new NativeCloseEvent("close", BROKEN));
    apply(socketClose, socket, []);
  }, resumeWindowAt(connection.url));
}

/** From here on the page sees a closed socket; events of the native one stay hidden. */
function tellPage(connection: WebSocketConnection, fault: FaultId, end: SocketEnd): void {
  const { socket } = connection;
  connection.muteIn = fault;
  connection.muteOut = fault;
  connection.replaced = true;
  stateOf(socket, CLOSED);
  guarded(() => {
    connection.closed(end.code, end.reason, end.wasClean, fault);
  });
  if (!end.wasClean) emit(socket, new NativeEvent("error"));
  emit(socket, new NativeCloseEvent("close", end));
}

const stateOf = (socket: WebSocket, state: number): void => {
  defineProperty(socket, "readyState", { configurable: true, enumerable: false, get: () => state });
};
