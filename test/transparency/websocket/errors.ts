/** Exceptions in handlers: https://html.spec.whatwg.org/#report-the-exception */
import { closeSocket, nextEvent, openSocket, type Checks } from "../check.ts";

async function reportedDuring(run: () => Promise<void>): Promise<unknown[]> {
  const reported: unknown[] = [];
  const listener = (event: ErrorEvent): void => {
    reported.push([event.message, event.error instanceof RangeError, event.isTrusted]);
    event.preventDefault();
  };
  window.addEventListener("error", listener);
  await run();
  await new Promise((resolve) => setTimeout(resolve, 20));
  window.removeEventListener("error", listener);
  return reported;
}

export const websocketErrors: Checks = {
  "a throwing handler is reported and stops nobody": async (place) => {
    const socket = await openSocket(place);
    const order: string[] = [];
    const reported = await reportedDuring(async () => {
      socket.onmessage = () => {
        order.push("handler");
        throw new RangeError("from the handler");
      };
      socket.addEventListener("message", () => {
        order.push("listener");
        throw new RangeError("from the listener");
      });
      const received = nextEvent(socket, "message");
      socket.send("a");
      await received;
      order.push("last");
    });
    await closeSocket(socket);
    return [order, reported];
  },
  "window.onerror gets the exception": async (place) => {
    const socket = await openSocket(place);
    const thrown = new RangeError("mine");
    let same: unknown;
    window.onerror = (_message, _source, _line, _column, error) => {
      same = error === thrown;
      return true;
    };
    socket.onmessage = () => {
      throw thrown;
    };
    const received = nextEvent(socket, "message");
    socket.send("a");
    await received;
    await new Promise((resolve) => setTimeout(resolve, 20));
    window.onerror = null;
    await closeSocket(socket);
    return same;
  },
  "a rejection in an async handler": async (place) => {
    const socket = await openSocket(place);
    const rejected = new Promise<PromiseRejectionEvent>((resolve) => {
      window.addEventListener(
        "unhandledrejection",
        (event) => {
          event.preventDefault();
          resolve(event);
        },
        { once: true },
      );
    });
    socket.onmessage = () => Promise.reject(new RangeError("async"));
    socket.send("a");
    const reason: unknown = (await rejected).reason;
    await closeSocket(socket);
    return String(reason);
  },
};
