/** All checks, by clause. */
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
import { frames } from "./window/frames.ts";
import { globals } from "./window/globals.ts";
import { libraries } from "./window/libraries.ts";
import { handshake } from "./window/handshake.ts";
import { patchedPages } from "./window/patched-pages.ts";
import { sourceText } from "./window/source-text.ts";
import { xhrInterface } from "./xhr/interface.ts";
import { xhrLife } from "./xhr/life.ts";

export const clauses = {
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
  "window: globals": globals,
  "window: frames": frames,
  "window: libraries": libraries,
  "window: handshake": handshake,
  "window: source text": sourceText,
  "window: patched pages": patchedPages,
} satisfies Record<string, Checks>;

export type ClauseName = keyof typeof clauses;
