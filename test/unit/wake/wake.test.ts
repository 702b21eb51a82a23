// @vitest-environment happy-dom
/** The small script in the extension's own world: it passes the sentinel's call on, until the background has answered. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { HERE_EVENT, SECRET_EVENT } from "../../../extension/messages/sentinel-wake.ts";

vi.useFakeTimers();

interface Told {
  readonly message: unknown;
  answer(loaded: boolean | Error): void;
}

let told: Told[];
let alive: boolean;
let secrets: string[];

class FakeChannel {
  readonly port1 = { end: 1 };
  readonly port2 = { end: 2 };
}

// That of happy-dom is no EventTarget.
const now = performance.now.bind(performance);
vi.stubGlobal("performance", Object.assign(new EventTarget(), { now }));
vi.stubGlobal("MessageChannel", FakeChannel);
vi.stubGlobal("chrome", {
  runtime: {
    get id() {
      return alive ? "hubscope" : undefined;
    },
    sendMessage: (message: unknown) =>
      new Promise((resolve, reject) => {
        told.push({
          message,
          answer(loaded) {
            if (loaded instanceof Error) reject(loaded);
            else resolve(loaded);
          },
        });
      }),
  },
});

/** Each test has a script of its own; those of earlier tests have other secrets. */
beforeEach(async () => {
  told = [];
  alive = true;
  secrets = [];
  vi.resetModules();
  performance.addEventListener(SECRET_EVENT, takeSecret);
  await import("../../../content-script/wake/main.ts");
});

/** As the sentinel does. */
function takeSecret(event: Event): void {
  performance.removeEventListener(SECRET_EVENT, takeSecret);
  event.preventDefault();
  secrets.push((event as CustomEvent<string>).detail);
}

const pass = (time: number): Promise<unknown> => vi.advanceTimersByTimeAsync(time);
/** @returns whether somebody has heard it */
const call = (): boolean => !performance.dispatchEvent(new Event(secrets[0] ?? "", { cancelable: true }));

describe("a call of the sentinel", () => {
  it("makes the background load the hook, once, and opens the channel", async () => {
    const ports: unknown[] = [];
    performance.addEventListener(secrets[0] ?? "", (event) => {
      if ("ports" in event) ports.push(event.ports);
    });
    expect(call()).toBe(true);
    expect(told.map(({ message }) => message)).toEqual([{ to: "background", type: "load-hook" }]);
    expect(ports).toHaveLength(1);
    told[0]?.answer(true);
    await pass(120_000);
    expect(told).toHaveLength(1);
  });

  it("is repeated, later and later, while the background fails or is silent", async () => {
    call();
    told[0]?.answer(new Error("The message port closed."));
    await pass(999);
    expect(told).toHaveLength(1);
    await pass(1);
    expect(told).toHaveLength(2);
    told[1]?.answer(false);
    await pass(2_000);
    expect(told).toHaveLength(3);
    await pass(4_000);
    told[3]?.answer(true);
    await pass(120_000);
    expect(told).toHaveLength(4);
  });

  it("is heard by nobody once the extension has left the page", () => {
    alive = false;
    expect(call()).toBe(false);
    expect(told).toEqual([]);
  });
});

describe("the secret", () => {
  it("goes to a sentinel that comes later, and to nobody after that", async () => {
    performance.dispatchEvent(new Event(HERE_EVENT));
    expect(secrets).toHaveLength(1);
    vi.resetModules();
    await import("../../../content-script/wake/main.ts");
    performance.addEventListener(SECRET_EVENT, takeSecret);
    performance.dispatchEvent(new Event(HERE_EVENT));
    expect(new Set(secrets).size).toBe(2);
    performance.addEventListener(SECRET_EVENT, takeSecret);
    performance.dispatchEvent(new Event(HERE_EVENT));
    expect(secrets).toHaveLength(2);
  });
});
