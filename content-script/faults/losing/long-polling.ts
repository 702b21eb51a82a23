import type { FaultId } from "../../../extension/core/ids.ts";
import type { FlowDirection } from "../../../extension/core/faults/parameter.ts";
import type { HttpControl } from "../../hook/transport/http-request.ts";
import type { PollingLink } from "../../hook/transport/long-polling.ts";
import { NativePromise, networkError, ownMethods } from "../../hook/shared-with-faults.ts";
import { linger } from "./lingering.ts";
import { resumeWindowAt } from "./resume-window.ts";

/** Lost so that the server isn't told, not even by a DELETE. */
const abrupt = ownMethods(new WeakSet<PollingLink>());
const gates = ownMethods(new WeakMap<PollingLink, () => void>());

export const isAbrupt = (link: PollingLink): boolean => abrupt.has(link);

export function loseAbruptly(link: PollingLink, fault: FaultId): void {
  abrupt.add(link);
  const last = lose(link, fault);
  if (last)
    linger(() => {
      last.abort();
    }, resumeWindowAt(link.url));
}

export function loseGracefully(link: PollingLink, fault: FaultId): void {
  lose(link, fault)?.abort();
}

/** Answers to polls wait. */
export function silence(link: PollingLink, direction: FlowDirection): void {
  if (direction === "out") return;
  link.waiting = new NativePromise<void>((resolve) => {
    gates.set(link, resolve);
  });
}

export function endSilence(link: PollingLink): void {
  link.waiting = undefined;
  gates.get(link)?.();
  gates.delete(link);
}

function lose(link: PollingLink, fault: FaultId): HttpControl | undefined {
  const last = link.control;
  link.lostBy = fault;
  link.control = undefined;
  link.end({ wasClean: false, status: null, error: String(networkError()) }, fault);
  last?.fail();
  link.muteIn = link.muteOut = 0;
  endSilence(link);
  return last;
}
