/**
 * A stateful connection that was lost by a fault and is taken up again in time. A page can't cut a socket so that the server
 * sees a network die: the browser answers the server's close frame, and ASP.NET Core takes that for a goodbye and forgets
 * the connection (measured). So the server is kept out of it: the client's new socket is the old one, what came meanwhile is
 * delivered now, and what the client sends again is not sent twice. Both ends end up as after a real resume.
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
} from "../../hook/shared-with-faults.ts";
import type { WebSocketConnection } from "../../hook/transport/websocket-connection.ts";
import type { Frame } from "../frames.ts";
import { deliver } from "../pipe.ts";
import type { Stage } from "../stage.ts";

/** What a connect takes at least. */
const CONNECT: Milliseconds = 20;
const CONNECTING = 0;
const OPEN = 1;
const LAST_COUNTED = 5;

interface Lost {
  readonly connection: WebSocketConnection;
  readonly fault: FaultId;
  /** What the server has sent since. */
  readonly late: unknown[];
  /** How many messages each end had from the other. */
  readonly had: { readonly in: number; readonly out: number };
  readonly binary: boolean;
}

/** By their connection token. */
const resumable = ownMethods(new Map<string, Lost>());

export const anyResumable = (): boolean => resumable.size > 0;

/** Before the page is told of the loss. */
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

/** Nobody can take it up any more. */
export function forget(connection: WebSocketConnection): void {
  for (const [token, lost] of resumable) if (lost.connection === connection) resumable.delete(token);
  connection.onLate = undefined;
}

/** The page connects with a token. @returns what it gets, if that connection can be taken up again */
export function resume(
  url: string,
  addStage: (connection: WebSocketConnection, stage: Stage) => () => void,
): object | undefined {
  const token = tokenIn(url);
  const lost = token === undefined ? undefined : resumable.get(token);
  if (!lost) return undefined;
  const { connection } = lost;
  resumable.delete(token ?? "");
  // The server has ended it meanwhile, and will say so.
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
  /** As the server does: its own Sequence first, then what it had sent. */
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
