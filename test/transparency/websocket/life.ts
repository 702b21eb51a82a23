/**
 * readyState and binaryType during the life of a socket, and two sockets at the same time.
 * https://websockets.spec.whatwg.org/#dom-websocket-readystate
 * https://websockets.spec.whatwg.org/#dom-websocket-binarytype
 */
import { closeSocket, nextEvent, openSocket, thrownBy, type Checks } from "../check.ts";

export const websocketLife: Checks = {
  "readyState in every handler": async ({ socket }) => {
    const opened = new WebSocket(socket);
    const states: [string, number][] = [["new", opened.readyState]];
    const note = ({ type }: Event): void => void states.push([type, opened.readyState]);
    for (const type of ["open", "message", "close"]) opened.addEventListener(type, note);
    await nextEvent(opened, "open");
    opened.send("a");
    await nextEvent(opened, "message");
    const closed = nextEvent(opened, "close");
    opened.close();
    states.push(["closing", opened.readyState]);
    await closed;
    return states;
  },
  "readyState can't be set": async (place) => {
    const socket = await openSocket(place);
    const thrown = thrownBy(() => ((socket as { readyState: number }).readyState = 3));
    const seen = [thrown, socket.readyState, Object.getOwnPropertyNames(socket)];
    await closeSocket(socket);
    return seen;
  },
  binaryType: async (place) => {
    const socket = await openSocket(place);
    const seen: unknown[] = [socket.binaryType];
    socket.binaryType = "arraybuffer";
    seen.push(socket.binaryType);
    seen.push(thrownBy(() => ((socket as { binaryType: string }).binaryType = "text")));
    seen.push(socket.binaryType);
    await closeSocket(socket);
    return seen;
  },
  "protocol and extensions": async (place) => {
    const socket = await openSocket(place, ["first", "second"]);
    const seen = [socket.protocol, socket.extensions];
    await closeSocket(socket);
    return seen;
  },
  "two sockets at once": async (place) => {
    const [a, b] = await Promise.all([openSocket(place), openSocket(place)]);
    const received: Record<string, unknown[]> = { a: [], b: [] };
    a.onmessage = ({ data }) => void received["a"]?.push(data);
    b.onmessage = ({ data }) => void received["b"]?.push(data);
    for (let i = 0; i < 20; i++) (i % 2 ? a : b).send(String(i));
    a.send("end");
    b.send("end");
    while (received["a"]?.at(-1) !== "end" || received["b"]?.at(-1) !== "end")
      await new Promise((resolve) => setTimeout(resolve, 5));
    await closeSocket(a);
    b.send("still");
    await nextEvent(b, "message");
    await closeSocket(b);
    return received;
  },
  "messages come in order": async (place) => {
    const socket = await openSocket(place);
    const received: unknown[] = [];
    const all = new Promise<void>((resolve) => {
      socket.onmessage = ({ data }) => {
        received.push(data);
        if (received.length === 100) resolve();
      };
    });
    for (let i = 0; i < 100; i++) socket.send(String(i));
    await all;
    await closeSocket(socket);
    return received;
  },
  "own properties stay the page's": async (place) => {
    const socket = await openSocket(place);
    Object.assign(socket, { mine: 1 });
    const seen = [Object.keys(socket), Object.isExtensible(socket)];
    Object.freeze(socket);
    socket.send("a");
    const { data } = await nextEvent<MessageEvent<unknown>>(socket, "message");
    await closeSocket(socket);
    return [...seen, data];
  },
};
