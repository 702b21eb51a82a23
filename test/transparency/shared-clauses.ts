/** The checks of what the hook wraps: for pages and for workers. */
import type { Checks } from "./check.ts";
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

export const sharedClauses = {
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
  "XMLHttpRequest: life": xhrLife,
  "language: assignment": assignment,
  "language: reflection": reflection,
  timers,
} satisfies Record<string, Checks>;
