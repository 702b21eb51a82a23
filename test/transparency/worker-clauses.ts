/** The checks that run in a worker: those of what the hook wraps there, and what a worker could see of it. */
import { describeProperties, type Checks } from "./check.ts";
import { eventSourceInterface } from "./event-source/interface.ts";
import { eventSourceLife } from "./event-source/life.ts";
import { fetchAbort } from "./fetch/abort.ts";
import { fetchInterface } from "./fetch/interface.ts";
import { fetchNegotiate } from "./fetch/negotiate.ts";
import { assignment } from "./language/assignment.ts";
import { reflection } from "./language/reflection.ts";
import { timers } from "./timers/timers.ts";
import { websocketClose } from "./websocket/close.ts";
import { websocketConstructor } from "./websocket/constructor.ts";
import { websocketErrors } from "./websocket/errors.ts";
import { websocketInterface } from "./websocket/interface.ts";
import { websocketLife } from "./websocket/life.ts";
import { websocketListeners } from "./websocket/listeners.ts";
import { websocketSend } from "./websocket/send.ts";
import { websocketSubclass } from "./websocket/subclass.ts";
import { xhrInterface } from "./xhr/interface.ts";
import { xhrLife } from "./xhr/life.ts";

/** The global object and what it inherits from, up to EventTarget. */
function globalsOf(): object[] {
  const found: object[] = [];
  for (
    let one: object | null = globalThis;
    one && one !== Object.prototype;
    one = Reflect.getPrototypeOf(one)
  )
    found.push(one);
  return found;
}

const where = (error: unknown): { file: string; line: string; column: string } => {
  const [, file = "", line = "", column = ""] =
    /(\/worker\.js)[^:\s]*:(\d+):(\d+)/.exec((error as Error).stack ?? "") ?? [];
  return { file, line, column };
};

const worker: Checks = {
  "names of the global object": () => globalsOf().map((one) => Reflect.ownKeys(one).map(String).sort()),
  "properties of the global object": () => globalsOf().map(describeProperties),
  "its address": () => [location.pathname, location.origin, self.name],
  "lines and columns of its errors": () => where(new Error("here")),
  "its script, fetched again": async () => (await (await fetch(location.href)).text()).length,
  "performance entries of ours": () =>
    performance
      .getEntries()
      .map(({ name }) => name)
      .filter((name) => /extension|hubscope/i.test(name)),
  "locks and caches": async () => [(await navigator.locks.query()).held?.length, await caches.keys()],
};

/** They never end in a worker without us either: the first as Firefox is, the second as it names the window in a text. */
const NOT_IN_WORKERS = ["aborted before it was sent, and after its end", "this in sloppy code"];

function inAnyWorker(checks: Checks): Checks {
  return Object.fromEntries(Object.entries(checks).filter(([name]) => !NOT_IN_WORKERS.includes(name)));
}

export const workerClauses = {
  "WebSocket: interface": websocketInterface,
  "WebSocket: constructor": websocketConstructor,
  "WebSocket: subclass": websocketSubclass,
  "WebSocket: send": websocketSend,
  "WebSocket: close": websocketClose,
  "WebSocket: life": websocketLife,
  "WebSocket: listeners": websocketListeners,
  "WebSocket: errors": websocketErrors,
  "fetch: interface": fetchInterface,
  "fetch: negotiate": fetchNegotiate,
  "fetch: abort": fetchAbort,
  "EventSource: interface": eventSourceInterface,
  "EventSource: life": eventSourceLife,
  "XMLHttpRequest: interface": xhrInterface,
  "XMLHttpRequest: life": inAnyWorker(xhrLife),
  "language: assignment": assignment,
  "language: reflection": reflection,
  timers: inAnyWorker(timers),
  worker,
} satisfies Record<string, Checks>;

export type WorkerClause = keyof typeof workerClauses;
