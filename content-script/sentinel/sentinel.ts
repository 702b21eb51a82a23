/**
 * Watches for signs of SignalR, in every page and frame, and calls for the hook at the first one. It keeps what happens until the
 * hook is there. Everything is said in terms of the browser: the hook knows what it means.
 */
import { call } from "./call.ts";
import { patchEventSource } from "./event-source.ts";
import { patchFetch } from "./fetch.ts";
import { beforeEach, happen, replay, theHook } from "./happenings.ts";
import { watchHubFields } from "./hub-fields.ts";
import type { Interpreter } from "./interpreter.ts";
import { hookSourceText } from "./platform/source-text.ts";
import { installProbe, type Probe } from "./probe.ts";
import { patchWebSocket } from "./websocket.ts";
import { patchXhr } from "./xhr.ts";

/** Starts the hook. @param probe the client probe, which is there from the beginning */
export type StartHook = (probe: Probe) => Interpreter;

/** The function that the hook's script hands over. It takes the browser's functions from the sentinel. */
export type HookScript = (shared: readonly unknown[], made: (start: StartHook) => void) => void;

export interface Sentinel {
  readonly probe: Probe;
  takeOver(start: StartHook): void;
}

export function startSentinel(): Sentinel {
  const probe = installProbe((hub) => {
    call();
    const raw = watchHubFields(hub);
    happen(raw, (hook) => hook.hub(raw));
  });
  beforeEach(probe.settle);
  hookSourceText();
  patchFetch();
  patchXhr();
  patchWebSocket();
  patchEventSource();
  return {
    probe,
    takeOver(start) {
      if (theHook()) return;
      const hook = start(probe);
      call();
      replay(hook);
    },
  };
}
