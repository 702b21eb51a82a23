import type { FaultId } from "../../../extension/core/ids.ts";
import type { FlowDirection } from "../../../extension/core/faults/parameter.ts";
import type { HttpControl } from "../../hook/transport/http-request.ts";
import type { PollingConnection } from "../../hook/transport/long-polling.ts";
import { NativePromise, networkError, ownMethods } from "../../hook/shared-with-tools.ts";
import { linger } from "./lingering.ts";
import { resumeWindowAt } from "./resume-window.ts";

/** Connections that were lost without the server's knowledge: not even a DELETE is sent. */
const abrupt = ownMethods(new WeakMap<PollingConnection, true>());
const gates = ownMethods(new WeakMap<PollingConnection, () => void>());

export const isAbrupt = (connection: PollingConnection): boolean => abrupt.has(connection);

export function loseAbruptly(connection: PollingConnection, fault: FaultId): void {
  abrupt.set(connection, true);
  const last = lose(connection, fault);
  if (last)
    linger(() => {
      last.abort();
    }, resumeWindowAt(connection.url));
}

export function loseGracefully(connection: PollingConnection, fault: FaultId): void {
  lose(connection, fault)?.abort();
}

/** Delays the answers to polls. */
export function silence(connection: PollingConnection, direction: FlowDirection): void {
  if (direction === "out") return;
  connection.waiting = new NativePromise<void>((resolve) => {
    gates.set(connection, resolve);
  });
}

export function endSilence(connection: PollingConnection): void {
  connection.waiting = undefined;
  gates.get(connection)?.();
  gates.delete(connection);
}

function lose(connection: PollingConnection, fault: FaultId): HttpControl | undefined {
  const last = connection.control;
  connection.lostBy = fault;
  connection.control = undefined;
  connection.end({ wasClean: false, status: null, error: String(networkError()) }, fault);
  last?.fail();
  connection.muteIn = connection.muteOut = 0;
  endSilence(connection);
  return last;
}
