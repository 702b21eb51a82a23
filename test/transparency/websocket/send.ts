/** https://websockets.spec.whatwg.org/#dom-websocket-send */
import { closeSocket, nextEvent, openSocket, thrownBy, type Checks, type Place } from "../check.ts";

type Loose = (this: WebSocket, ...data: unknown[]) => unknown;

async function echoed(place: Place, data: unknown, binaryType: BinaryType = "arraybuffer"): Promise<unknown> {
  const socket = await openSocket(place);
  socket.binaryType = binaryType;
  (socket.send as Loose)(data);
  const event = await nextEvent<MessageEvent<unknown>>(socket, "message");
  await closeSocket(socket);
  return event.data;
}

const bytes = (buffer: unknown): number[] => [...new Uint8Array(buffer as ArrayBuffer)];

export const websocketSend: Checks = {
  "while connecting": ({ socket }) => {
    const opened = new WebSocket(socket);
    const thrown = thrownBy(() => {
      opened.send("early");
    });
    opened.close();
    return thrown;
  },
  "works after it was called too early": async ({ socket }) => {
    const opened = new WebSocket(socket);
    thrownBy(() => {
      opened.send("early");
    });
    await nextEvent(opened, "open");
    opened.send("late");
    const { data } = await nextEvent<MessageEvent<unknown>>(opened, "message");
    await closeSocket(opened);
    return data;
  },
  "without an argument": async (place) => {
    const socket = await openSocket(place);
    const thrown = thrownBy(() => {
      (socket.send as Loose)();
    });
    await closeSocket(socket);
    return thrown;
  },
  "a symbol": async (place) => {
    const socket = await openSocket(place);
    const thrown = thrownBy(() => {
      (socket.send as Loose)(Symbol("x"));
    });
    await closeSocket(socket);
    return thrown;
  },
  "after close: nothing is sent, the buffer grows": async (place) => {
    const socket = await openSocket(place);
    await closeSocket(socket);
    const returned = (socket.send as Loose).call(socket, "12345");
    return [returned, socket.bufferedAmount];
  },
  "returns undefined": async (place) => {
    const socket = await openSocket(place);
    const returned = (socket.send as Loose).call(socket, "12345");
    await closeSocket(socket);
    return returned === undefined;
  },
  text: (place) => echoed(place, "Grüße, 世界 🎉 \u0000 \x1e"),
  "an empty text": (place) => echoed(place, ""),
  "a lone surrogate": (place) => echoed(place, "\ud800"),
  "what is no text": async (place) => [
    await echoed(place, 5),
    await echoed(place, null),
    await echoed(place, undefined),
    await echoed(place, { toString: () => "mine" }),
    await echoed(place, [1, 2]),
  ],
  "a large text": async (place) => ((await echoed(place, "x".repeat(300_000))) as string).length,
  "an ArrayBuffer": async (place) => bytes(await echoed(place, new Uint8Array([1, 2, 255]).buffer)),
  "a view of a part": async (place) =>
    bytes(await echoed(place, new Uint8Array([1, 2, 3, 4]).subarray(1, 3))),
  "a DataView": async (place) => bytes(await echoed(place, new DataView(new Uint8Array([9, 8]).buffer))),
  "a Blob": async (place) => bytes(await echoed(place, new Blob([new Uint8Array([7, 6])]))),
  "binary that comes as a Blob": async (place) => {
    const blob = (await echoed(place, new Uint8Array([5, 4]), "blob")) as Blob;
    return [blob instanceof Blob, blob.size, blob.type, bytes(await blob.arrayBuffer())];
  },
  "the conversion happens once": async (place) => {
    let calls = 0;
    await echoed(place, { toString: () => `call ${++calls}` });
    return calls;
  },
  "its members aren't looked at": async (place) => {
    const looked: string[] = [];
    const data = new Proxy(
      {},
      {
        get(_target, key) {
          looked.push(String(key));
          return key === "toString" ? () => "text" : undefined;
        },
      },
    );
    return [await echoed(place, data), looked];
  },
  "a throwing conversion": async (place) => {
    const socket = await openSocket(place);
    const thrown = thrownBy(() => {
      (socket.send as Loose)({
        toString() {
          throw new RangeError("mine");
        },
      });
    });
    await closeSocket(socket);
    return thrown;
  },
  "bufferedAmount right after": async (place) => {
    const socket = await openSocket(place);
    socket.send("12345");
    socket.send(new Uint8Array(10));
    const { bufferedAmount } = socket;
    await closeSocket(socket);
    return bufferedAmount;
  },
  "a method that the page replaced on one socket": async (place) => {
    const socket = await openSocket(place);
    const sent: unknown[] = [];
    socket.send = (data) => {
      sent.push(data);
      WebSocket.prototype.send.call(socket, `${data as string}!`);
    };
    socket.send("a");
    const { data } = await nextEvent<MessageEvent<unknown>>(socket, "message");
    await closeSocket(socket);
    return [sent, data];
  },
};
