/**
 * https://html.spec.whatwg.org/#timers
 * https://html.spec.whatwg.org/#animation-frames
 */
import { describeDescriptor, pause, sloppy, thrownBy, type Checks } from "../check.ts";

const NAMES = [
  "setTimeout",
  "setInterval",
  "clearTimeout",
  "clearInterval",
  "requestAnimationFrame",
  "cancelAnimationFrame",
] as const;
type Loose = (this: unknown, ...args: unknown[]) => unknown;
const loose = (name: (typeof NAMES)[number]): Loose => window[name] as unknown as Loose;

export const timers: Checks = {
  "descriptors, names and lengths": () =>
    NAMES.map((name) => [name, describeDescriptor(Object.getOwnPropertyDescriptor(window, name))]),
  "can't construct": () =>
    NAMES.map((name) => thrownBy(() => Reflect.construct(loose(name), [() => 1]) as unknown)),
  "without arguments": () => NAMES.map((name) => thrownBy(() => loose(name).call(window))),
  "on a wrong this": () => NAMES.map((name) => thrownBy(() => loose(name).call({}, () => 1))),
  "without this": () => NAMES.map((name) => thrownBy(() => loose(name).call(undefined, () => 1))),
  "odd handlers": () =>
    ["requestAnimationFrame" as const].map((name) =>
      [5, null, undefined, "1"].map((handler) => thrownBy(() => loose(name).call(window, handler))),
    ),
  "ids are numbers that count up": () => {
    const first = setTimeout(() => undefined, 1_000) as unknown as number;
    const second = setInterval(() => undefined, 1_000) as unknown as number;
    clearTimeout(first);
    clearInterval(second);
    const frame = requestAnimationFrame(() => undefined);
    cancelAnimationFrame(frame);
    return [typeof first, second - first, first > 0, typeof frame, frame > 0];
  },
  "arguments and this": () =>
    new Promise((resolve) => {
      setTimeout(
        function (this: unknown, ...args: unknown[]) {
          resolve([this === window, args]);
        },
        0,
        1,
        "two",
        [3],
      );
    }),
  "this in sloppy code": () =>
    new Promise((resolve) => {
      setTimeout(sloppy("resolve", "resolve(this === window)"), 0, resolve);
    }),
  "an interval's arguments, this and end": async () => {
    const seen: unknown[] = [];
    const id = setInterval(
      function (this: unknown, ...args: unknown[]) {
        seen.push(this === window, args);
        if (seen.length === 6) clearInterval(id);
      },
      1,
      "a",
    );
    await pause(60);
    return seen;
  },
  "a text as handler": async () => {
    (window as { fromText?: number }).fromText = 0;
    loose("setTimeout").call(window, "window.fromText++", 0);
    const id = loose("setInterval").call(window, "window.fromText += 10", 1) as number;
    await pause(40);
    clearInterval(id);
    const { fromText = 0 } = window as { fromText?: number };
    Reflect.deleteProperty(window, "fromText");
    return [fromText % 10, fromText >= 10];
  },
  "an object as handler is a text": async () => {
    let calls = 0;
    loose("setTimeout").call(window, { toString: () => (calls++, "") }, 0);
    await pause(20);
    return calls;
  },
  order: async () => {
    const order: string[] = [];
    setTimeout(() => order.push("20"), 20);
    setTimeout(() => order.push("0 a"), 0);
    setTimeout(() => order.push("0 b"), 0);
    void Promise.resolve().then(() => order.push("microtask"));
    order.push("now");
    await pause(50);
    return order;
  },
  nested: async () => {
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        order.push("outer");
        setTimeout(() => {
          order.push("inner");
          resolve();
        }, 0);
        void Promise.resolve().then(() => order.push("microtask of the outer"));
      }, 0);
    });
    return order;
  },
  cleared: async () => {
    const seen: string[] = [];
    clearTimeout(setTimeout(() => seen.push("timeout"), 0));
    clearInterval(setInterval(() => seen.push("interval"), 0));
    // clearTimeout and clearInterval accept both kinds of ids.
    clearInterval(setTimeout(() => seen.push("timeout"), 0));
    clearTimeout(setInterval(() => seen.push("interval"), 0));
    const later = setTimeout(() => seen.push("later"), 5);
    setTimeout(() => {
      clearTimeout(later);
    }, 0);
    await pause(30);
    return seen;
  },
  "what may be cleared": () => [
    thrownBy(() => loose("clearTimeout").call(window)),
    thrownBy(() => loose("clearTimeout").call(window, -1)),
    thrownBy(() => loose("clearTimeout").call(window, null)),
    thrownBy(() => loose("clearTimeout").call(window, "text")),
    thrownBy(() => loose("clearTimeout").call(window, Symbol("x"))),
    thrownBy(() => loose("cancelAnimationFrame").call(window, Symbol("x"))),
  ],
  "the arguments are converted once": async () => {
    const reads: string[] = [];
    const delay = { valueOf: () => (reads.push("delay"), 0) };
    const id = loose("setTimeout").call(window, () => undefined, delay);
    loose("clearTimeout").call(window, { valueOf: () => (reads.push("id"), id) });
    await pause(10);
    return reads;
  },
  "an animation frame's argument and this": async () => {
    // A background tab gets no animation frames, so there is nothing to compare.
    if (document.visibilityState !== "visible") return "hidden";
    return new Promise((resolve) => {
      requestAnimationFrame(function (this: unknown, ...args: unknown[]) {
        resolve([
          this === undefined ? "undefined" : this === window ? "window" : "other",
          args.length,
          typeof args[0],
        ]);
      });
      setTimeout(() => {
        resolve("no frame");
      }, 2_000);
    });
  },
  "a throwing handler is reported": async () => {
    const reported: string[] = [];
    const listener = (event: ErrorEvent): void => {
      reported.push(event.message);
      event.preventDefault();
    };
    window.addEventListener("error", listener);
    setTimeout(() => {
      throw new RangeError("mine");
    }, 0);
    setTimeout(() => reported.push("next"), 0);
    await pause(30);
    window.removeEventListener("error", listener);
    return reported;
  },
};
