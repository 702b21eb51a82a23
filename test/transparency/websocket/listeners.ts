/**
 * Listeners and handlers: order, once, removal, objects, and the properties of the event.
 * https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke
 * https://html.spec.whatwg.org/#the-event-handler-processing-algorithm
 */
import { closeSocket, nextEvent, openSocket, thrownBy, type Checks, type Place, pause } from "../check.ts";

/** Sends "a" and waits until it has come back and every listener was called. */
async function echo(socket: WebSocket): Promise<MessageEvent<unknown>> {
  const received = nextEvent<MessageEvent<unknown>>(socket, "message");
  socket.send("a");
  const event = await received;
  await new Promise((resolve) => setTimeout(resolve, 0));
  return event;
}

async function withSocket(place: Place, use: (socket: WebSocket) => unknown): Promise<unknown> {
  const socket = await openSocket(place);
  const result = await use(socket);
  await closeSocket(socket);
  return result;
}

export const websocketListeners: Checks = {
  "onmessage keeps its place among listeners": (place) =>
    withSocket(place, async (socket) => {
      const order: string[] = [];
      socket.addEventListener("message", () => order.push("first"));
      socket.onmessage = () => order.push("handler");
      socket.addEventListener("message", () => order.push("second"));
      socket.onmessage = () => order.push("handler, replaced");
      await echo(socket);
      return order;
    }),
  "onmessage taken away and set again": (place) =>
    withSocket(place, async (socket) => {
      const order: string[] = [];
      socket.onmessage = () => order.push("handler");
      socket.addEventListener("message", () => order.push("listener"));
      socket.onmessage = null;
      socket.onmessage = () => order.push("handler again");
      await echo(socket);
      return [order, typeof socket.onmessage];
    }),
  "what may be set as a handler": (place) =>
    withSocket(place, (socket) => {
      const object = { handleEvent: () => undefined };
      return [5, "text", undefined, object].map((value) => {
        (socket as { onmessage: unknown }).onmessage = value;
        return socket.onmessage === (value as unknown) ? "kept" : String(socket.onmessage);
      });
    }),
  once: (place) =>
    withSocket(place, async (socket) => {
      let count = 0;
      socket.addEventListener("message", () => count++, { once: true });
      await echo(socket);
      await echo(socket);
      return count;
    }),
  "the same listener twice": (place) =>
    withSocket(place, async (socket) => {
      let count = 0;
      const listener = (): unknown => count++;
      socket.addEventListener("message", listener);
      socket.addEventListener("message", listener);
      await echo(socket);
      return count;
    }),
  "removed, and removed in time by another": (place) =>
    withSocket(place, async (socket) => {
      const order: string[] = [];
      const never = (): void => void order.push("never");
      socket.addEventListener("message", never);
      socket.removeEventListener("message", never);
      const late = (): void => void order.push("late");
      socket.addEventListener("message", () => {
        order.push("remover");
        socket.removeEventListener("message", late);
      });
      socket.addEventListener("message", late);
      await echo(socket);
      return order;
    }),
  "an AbortSignal removes": (place) =>
    withSocket(place, async (socket) => {
      let count = 0;
      const controller = new AbortController();
      socket.addEventListener("message", () => count++, { signal: controller.signal });
      await echo(socket);
      controller.abort();
      await echo(socket);
      return count;
    }),
  "an object with handleEvent, read late": (place) =>
    withSocket(place, async (socket) => {
      const seen: unknown[] = [];
      const object: { handleEvent?: (event: Event) => void } = {};
      socket.addEventListener("message", object as EventListenerObject);
      object.handleEvent = function (event) {
        seen.push(this === object, event.type);
      };
      await echo(socket);
      return seen;
    }),
  "stopImmediatePropagation stops the rest": (place) =>
    withSocket(place, async (socket) => {
      const order: string[] = [];
      socket.addEventListener("message", (event) => {
        order.push("stops");
        event.stopImmediatePropagation();
      });
      socket.addEventListener("message", () => order.push("never"));
      socket.onmessage = () => order.push("never");
      socket.send("a");
      while (order.length === 0) await pause(5);
      await pause(20);
      return order;
    }),
  "the message event": (place) =>
    withSocket(place, async (socket) => {
      let inside: unknown;
      socket.onmessage = function (event) {
        inside = [
          this === socket,
          event.target === socket,
          event.currentTarget === socket,
          event.eventPhase,
          event.isTrusted,
          event instanceof MessageEvent,
          event.origin.replace(/\d+/g, "N"),
          event.lastEventId,
          event.source,
          event.ports.length,
          event.bubbles,
          event.cancelable,
          event.composedPath().length,
          event.timeStamp > 0,
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- the hook reads it, too
          window.event === event,
          Object.getOwnPropertyNames(event),
        ];
      };
      const event = await echo(socket);
      return [inside, event.currentTarget, event.eventPhase];
    }),
  "the open event": async ({ socket }) => {
    const opened = new WebSocket(socket);
    const event = await nextEvent(opened, "open");
    const seen = [event.constructor.name, event.isTrusted, event.target === opened, event.bubbles];
    await closeSocket(opened);
    return seen;
  },
  "data is the same object for every listener": (place) =>
    withSocket(place, async (socket) => {
      const data: unknown[] = [];
      socket.addEventListener("message", (event) => data.push(event.data));
      socket.addEventListener("message", (event) => data.push(event.data, event.data));
      const seen: unknown[] = [];
      for (const type of ["arraybuffer", "blob"] as const) {
        data.length = 0;
        socket.binaryType = type;
        const received = nextEvent(socket, "message");
        socket.send(new Uint8Array([1, 2, 3]));
        await received;
        seen.push([Object.prototype.toString.call(data[0]), new Set(data).size, data.length]);
      }
      return seen;
    }),
  "events that the page dispatches itself": (place) =>
    withSocket(place, (socket) => {
      const seen: unknown[] = [];
      for (const type of ["open", "message", "error", "close", "own"])
        socket.addEventListener(type, (event) => {
          seen.push([event.type, event.isTrusted, event instanceof MessageEvent ? event.data : null]);
        });
      socket.dispatchEvent(new Event("open"));
      socket.dispatchEvent(new MessageEvent("message", { data: { any: "thing" } }));
      socket.dispatchEvent(new Event("error"));
      socket.dispatchEvent(new CloseEvent("close", { code: 4999 }));
      socket.dispatchEvent(new CustomEvent("own"));
      return [seen, socket.readyState];
    }),
  "a detached EventTarget method": (place) =>
    withSocket(place, async (socket) => {
      let count = 0;
      EventTarget.prototype.addEventListener.call(socket, "message", () => count++);
      await echo(socket);
      return [
        count,
        thrownBy(() => {
          (socket.addEventListener as (type: string) => void)("message");
        }),
      ];
    }),
};
