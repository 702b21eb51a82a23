/**
 * https://webidl.spec.whatwg.org/#create-an-object-implementing-the-interface (new.target)
 * https://tc39.es/ecma262/#sec-reflect.construct
 */
import { closeSocket, nextEvent, thrownBy, type Checks } from "../check.ts";

export const websocketSubclass: Checks = {
  "a class that extends it": async ({ socket }) => {
    class Own extends WebSocket {
      readonly field = 1;
      readonly target: unknown;
      constructor(url: string) {
        super(url);
        this.target = new.target;
      }
      sent: unknown[] = [];
      override send(data: string): void {
        this.sent.push(data);
        super.send(data);
      }
    }
    const own = new Own(socket);
    await nextEvent(own, "open");
    own.send("a");
    const { data } = await nextEvent<MessageEvent<unknown>>(own, "message");
    const seen = [
      own instanceof Own,
      own instanceof WebSocket,
      own.constructor === Own,
      own.field,
      own.target === Own,
      own.sent,
      data,
      Object.getPrototypeOf(Own) === WebSocket,
      Own.OPEN,
      Object.getOwnPropertyNames(own).sort(),
    ];
    await closeSocket(own);
    return seen;
  },
  "Reflect.construct with another new.target": ({ socket }) => {
    function Other(): void {
      // only its prototype counts
    }
    Other.prototype = Object.create(WebSocket.prototype) as object;
    const own = Reflect.construct(WebSocket, [socket], Other) as WebSocket;
    own.close();
    return [own instanceof Other, Object.getPrototypeOf(own) === Other.prototype, own.readyState];
  },
  "a new.target without a prototype": ({ socket }) => {
    const other = function (): void {
      // only its prototype counts
    }.bind(null);
    const own = Reflect.construct(WebSocket, [socket], other) as WebSocket;
    own.close();
    return Object.getPrototypeOf(own) === WebSocket.prototype;
  },
  "new.target's prototype is read as often": ({ socket }) => {
    let reads = 0;
    const other = new Proxy(WebSocket, {
      get(target, key, receiver) {
        if (key === "prototype") reads++;
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    new other(socket).close();
    return reads;
  },
  "instanceof through Symbol.hasInstance": ({ socket }) => {
    const own = new WebSocket(socket);
    own.close();
    return [
      WebSocket[Symbol.hasInstance](own),
      {} instanceof WebSocket,
      Object.create(WebSocket.prototype) instanceof WebSocket,
    ];
  },
  "an old-style wrapper, as libraries write it": async ({ socket }) => {
    const Native = WebSocket;
    const seen: string[] = [];
    function Wrapped(url: string): WebSocket {
      seen.push(url.replace(/\d+/g, "N"));
      return new Native(url);
    }
    Wrapped.prototype = Native.prototype;
    (window as { WebSocket: unknown }).WebSocket = Wrapped;
    const own = new WebSocket(socket);
    (window as { WebSocket: unknown }).WebSocket = Native;
    await nextEvent(own, "open");
    await closeSocket(own);
    return [seen, own instanceof Native, own.readyState];
  },
  "abstract use": () => thrownBy(() => Reflect.construct(WebSocket, [], WebSocket) as unknown),
};
