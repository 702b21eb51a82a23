/**
 * Resumes a stateful connection that a fault has lost. A page can't close a socket so that it looks like a lost network to the
 * server: the browser answers the server's close frame, and ASP.NET Core then removes the connection (measured). So the server
 * doesn't take part: the client's new socket uses the old one, messages that arrived in between are delivered now, and messages
 * that the client sends again are not sent twice. In the end both sides are in the same state as after a real resume.
 */
import { SEQUENCE } from "../../../extension/core/protocol/terms.ts";
import type { FaultId } from "../../../extension/core/ids.ts";
import { writeSequence } from "../../../extension/core/protocol/messagepack/sequence.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import {
  NativeEvent,
  RECORD_SEPARATOR,
  defineProperty,
  deleteProperty,
  emit,
  nativeTimeout,
  ownMethods,
  socketState,
  tokenIn,
} from "../../hook/shared-with-tools.ts";
import type { WebSocketConnection } from "../../hook/transport/websocket-connection.ts";
import type { Frame } from "../frames.ts";
import { deliver } from "../pipe.ts";
import type { Stage } from "../stage.ts";

/** Minimum duration of a connect. */
const CONNECT: Milliseconds = 20;
const CONNECTING = 0;
const OPEN = 1;
const LAST_COUNTED = 5;

interface Lost {
  readonly connection: WebSocketConnection;
  readonly fault: FaultId;
  /** Messages that the server has sent since the loss. */
  readonly late: unknown[];
  /** How many messages each side had received from the other. */
  readonly had: { readonly in: number; readonly out: number };
  readonly binary: boolean;
}

/** By their connection token. */
const resumable = ownMethods(new Map<string, Lost>());

export const anyResumable = (): boolean => resumable.size > 0;

/** Call before the page is notified of the loss. */
export function keepForResume(connection: WebSocketConnection, fault: FaultId): void {
  const token = tokenIn(connection.url);
  const { stateful, counted, protocol } = connection.log;
  if (!stateful || token === undefined) return;
  const lost: Lost = { connection, fault, late: [], had: { ...counted }, binary: protocol !== "json" };
  resumable.set(token, lost);
  connection.onLate = (data) => {
    lost.late[lost.late.length] = data;
  };
}

/** It can't be resumed any more. */
export function forget(connection: WebSocketConnection): void {
  for (const [token, lost] of resumable) if (lost.connection === connection) resumable.delete(token);
  connection.onLate = undefined;
}

/**
 * The page connects with a connection token.
 * @returns the socket that it gets, if that connection can be resumed
 */
export function resume(
  url: string,
  addStage: (connection: WebSocketConnection, stage: Stage) => () => void,
): object | undefined {
  const token = tokenIn(url);
  const lost = token === undefined ? undefined : resumable.get(token);
  if (!lost) return undefined;
  const { connection } = lost;
  resumable.delete(token ?? "");
  // The server has closed it in the meantime; the new connect will show that.
  if (socketState(connection.socket) !== OPEN) return undefined;
  defineProperty(connection.socket, "readyState", {
    configurable: true,
    enumerable: false,
    get: () => CONNECTING,
  });
  nativeTimeout(() => {
    open(lost, addStage);
  }, CONNECT);
  return connection.socket;
}

function open(
  { connection, fault, late, had, binary }: Lost,
  addStage: (connection: WebSocketConnection, stage: Stage) => () => void,
): void {
  deleteProperty(connection.socket, "readyState");
  connection.revive();
  let next = 0;
  const remove = addStage(connection, {
    fault,
    pass({ type, sequenceId }, direction) {
      if (direction === "in") return undefined;
      if (type === SEQUENCE && next === 0) {
        next = sequenceId ?? 1;
        nativeTimeout(answer, 0);
        return { kind: "absorb" };
      }
      if (type < 1 || type > LAST_COUNTED) return undefined;
      if (next++ <= had.out) return { kind: "absorb" };
      remove();
      return undefined;
    },
  });
  const hear = (data: unknown): void => {
    connection.log.received(data, fault, false);
    deliver(connection, data as Frame);
  };
  /** Like the server: first its Sequence message, then the messages that it had sent. */
  const answer = (): void => {
    connection.onLate = undefined;
    const sequenceId = had.in + 1;
    hear(binary ? writeSequence(sequenceId) : `{"type":9,"sequenceId":${sequenceId}}${RECORD_SEPARATOR}`);
    for (const data of late) if (!connection.over) hear(data);
  };
  connection.muteIn = connection.muteOut = 0;
  connection.replaced = false;
  connection.log.opened();
  emit(connection.socket, new NativeEvent("open"));
}
