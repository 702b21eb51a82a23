/**
 * Assignments to the same name with Reflect and proxies.
 * https://tc39.es/ecma262/#sec-reflect.set
 * https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-set-p-v-receiver
 */
import { describeDescriptor, type Checks } from "../check.ts";

const KEY = "keepAliveIntervalInMilliseconds";
type Keyed = Record<string, unknown>;

/** A proxy that notes each trap. */
function traced(target: object): { proxy: Keyed; traps: string[] } {
  const traps: string[] = [];
  const handler = new Proxy(
    {},
    {
      get(_handler, trap) {
        return (...args: unknown[]) => {
          traps.push(String(trap));
          return (Reflect as unknown as Record<string, (...given: unknown[]) => unknown>)[String(trap)]!(
            ...args,
          );
        };
      },
    },
  );
  return { proxy: new Proxy(target, handler) as Keyed, traps };
}

export const reflection: Checks = {
  "Reflect.set": () => {
    const target = {};
    return [Reflect.set(target, KEY, 1), target];
  },
  "Reflect.set with a receiver": () => {
    const target = {};
    const receiver = {};
    return [Reflect.set(target, KEY, 1, receiver), target, receiver];
  },
  "Reflect.set with a receiver that has the property": () => {
    const receiver = { [KEY]: 0 };
    return [Reflect.set({}, KEY, 1, receiver), receiver];
  },
  "Reflect.set with a receiver that keeps it hidden": () => {
    const receiver = Object.defineProperty({}, KEY, { value: 0, writable: true, configurable: true });
    Reflect.set({}, KEY, 1, receiver);
    return describeDescriptor(Object.getOwnPropertyDescriptor(receiver, KEY));
  },
  "Reflect.set that must fail": () =>
    [
      Object.freeze({}),
      Object.freeze({ [KEY]: 0 }),
      Object.defineProperty({}, KEY, { get: () => 1, configurable: true }),
      5,
    ].map((receiver) => {
      try {
        return Reflect.set({}, KEY, 1, receiver);
      } catch (error) {
        return (error as Error).name;
      }
    }),
  "Reflect.defineProperty": () => {
    const target = {};
    return [Reflect.defineProperty(target, KEY, { value: 1, enumerable: true }), target];
  },
  "Reflect.has and get": () => [Reflect.get({}, KEY) as unknown, Reflect.ownKeys({})],
  "a proxy without traps": () => {
    const target: Keyed = {};
    const proxy = new Proxy(target, {});
    proxy[KEY] = 1;
    return [target, Object.keys(proxy)];
  },
  "a proxy with a set trap": () => {
    const seen: unknown[] = [];
    const proxy: Keyed = new Proxy({}, { set: (_target, key, value) => seen.push([key, value]) > 0 });
    proxy[KEY] = 1;
    return [seen, Object.keys(proxy)];
  },
  "which traps run, for a text": () => {
    const { proxy, traps } = traced({});
    proxy[KEY] = "text";
    return traps;
  },
  "which traps run, for a number": () => {
    const { proxy, traps } = traced({});
    proxy[KEY] = 1;
    return traps;
  },
  "an object that inherits from a proxy": () => {
    const { proxy, traps } = traced({});
    const target = Object.create(proxy) as Keyed;
    target[KEY] = "text";
    return [traps, Object.hasOwn(target, KEY)];
  },
  "a proxy whose defineProperty trap refuses": () => {
    const proxy: Keyed = new Proxy({}, { defineProperty: () => false });
    try {
      proxy[KEY] = 1;
      return "nothing";
    } catch (error) {
      return (error as Error).name;
    }
  },
  "a proxy that throws in every trap": () => {
    const { proxy, revoke } = Proxy.revocable<Keyed>({}, {});
    revoke();
    try {
      proxy[KEY] = 1;
      return "nothing";
    } catch (error) {
      return (error as Error).name;
    }
  },
  "an object that looks like a hub, with getters that throw": () => {
    class Trap {
      [key: string]: unknown;
      get invoke(): unknown {
        throw new RangeError("mine");
      }
    }
    const target = new Trap();
    target[KEY] = 1;
    return Object.keys(target);
  },
  "an object that looks like a hub, and isn't one": async () => {
    class Like {
      [key: string]: unknown;
      constructor() {
        this[KEY] = 1;
      }
      invoke(): void {
        // only looked at
      }
      start(): void {
        // only looked at
      }
      onclose(): void {
        // only looked at
      }
      get connection(): unknown {
        throw new RangeError("mine");
      }
    }
    const target = new Like();
    await Promise.resolve();
    return [Object.keys(target), Reflect.ownKeys(Like.prototype).map(String)];
  },
};
