/**
 * The function itself, and its behaviour with unusual arguments.
 * https://fetch.spec.whatwg.org/#fetch-method
 * https://webidl.spec.whatwg.org/#es-operations
 */
import { describeDescriptor, rejectionOf, thrownBy, type Checks } from "../check.ts";

type Loose = (this: unknown, ...args: unknown[]) => Promise<Response>;
const loose = (): Loose => window.fetch as unknown as Loose;

export const fetchInterface: Checks = {
  "is a property of the window": () => describeDescriptor(Object.getOwnPropertyDescriptor(window, "fetch")),
  "name, length and prototype": () => [fetch.name, fetch.length, "prototype" in fetch],
  "the source text is native": () => /\[native code\]/.test(Function.prototype.toString.call(fetch)),
  "the source text names it": () => /fetch/.test(Function.prototype.toString.call(fetch)),
  "can't construct": () => thrownBy(() => Reflect.construct(fetch, ["/"]) as unknown),
  "without this": async ({ origin }) => {
    const { fetch: bare } = window;
    const { status } = await bare.call(undefined, `${origin}/answers/json`);
    return status;
  },
  "on a wrong this": ({ origin }) => rejectionOf(() => loose().call({}, `${origin}/answers/json`)),
  "without an argument": () => rejectionOf(() => loose().call(window)),
  "bad URLs": async () => [
    await rejectionOf(() => fetch("http://[")),
    await rejectionOf(() => fetch("http://user:pw@localhost/negotiate")),
    await rejectionOf(() => loose().call(window, Symbol("x"))),
    await rejectionOf(() => loose().call(window, Symbol("/negotiate"), { method: "POST" })),
  ],
  "bad options, on a negotiate too": async ({ origin }) => {
    const url = `${origin}/answers/json/negotiate?negotiateVersion=1`;
    return [
      await rejectionOf(() => loose().call(window, url, { method: "a b" })),
      await rejectionOf(() => loose().call(window, url, { method: "POST", mode: "navigate" })),
      await rejectionOf(() => loose().call(window, url, { method: "POST", headers: { "a b": "c" } })),
      await rejectionOf(() => loose().call(window, url, { method: "POST", headers: 5 })),
      await rejectionOf(() => loose().call(window, url, { method: {} })),
      await rejectionOf(() => loose().call(window, url, 5)),
      await rejectionOf(() => loose().call(window, `${url}&a`, { method: "GET", body: "no" })),
      await rejectionOf(() =>
        loose().call(window, url, {
          get method() {
            throw new RangeError("mine");
          },
        }),
      ),
    ];
  },
  "the URL is converted once": async ({ origin }) => {
    const calls: string[] = [];
    for (const path of ["/answers/json", "/answers/json/negotiate"]) {
      const url = { toString: () => (calls.push(path), origin + path) };
      await loose().call(window, url, { method: "POST" });
    }
    return calls;
  },
  "a URL object": async ({ origin }) => (await fetch(new URL(`${origin}/answers/json/negotiate`))).status,
  "returns a native promise": async ({ origin }) => {
    const seen: unknown[] = [];
    for (const path of ["/answers/json", "/answers/json/negotiate"]) {
      const promise = fetch(origin + path, { method: "POST" });
      seen.push(promise instanceof Promise, Object.getPrototypeOf(promise) === Promise.prototype);
      seen.push(Reflect.ownKeys(promise).length);
      const response = await promise;
      seen.push(response instanceof Response, (await promise) === response);
    }
    return seen;
  },
};
