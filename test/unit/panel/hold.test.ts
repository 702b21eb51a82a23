// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  HIDDEN_PANEL_LEASE,
  PANEL_LEASE,
  panelOfPort,
  type PanelToBackground,
} from "../../../extension/messages/extension.ts";
import { hold, type Holding } from "../../../panel/state/hold.ts";

let hidden = false;
let lease = 0;
const said: string[] = [];
/** The ports to the background, oldest first; each ends when the background is stopped. */
const ports: { readonly name: string; open: boolean; end(): void }[] = [];
const connect: Holding["connect"] = (name) => {
  const ends: (() => void)[] = [];
  const port = {
    name,
    open: true,
    end() {
      port.open = false;
      for (const end of ends) end();
    },
    onDisconnect: { addListener: (listener: () => void) => void ends.push(listener) },
    // The browser tells only the other side.
    disconnect: () => void (port.open = false),
  };
  ports.push(port);
  return port;
};
const send = (message: PanelToBackground): Promise<unknown> => {
  said.push(message.type);
  if (message.type === "panel-open") lease = Date.now() + (message.hidden ? HIDDEN_PANEL_LEASE : PANEL_LEASE);
  return Promise.resolve(heard);
};
/** The background's answer: whether a page in the tab has heard it. */
let heard: boolean | undefined;
const unheard = vi.fn();

beforeEach(() => {
  heard = true;
  unheard.mockClear();
  vi.useFakeTimers();
  hidden = false;
  said.length = 0;
  ports.length = 0;
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the panel's heartbeat", () => {
  it("tells that no page in the tab hears it, when it was unheard twice in a row", async () => {
    const release = hold({ tabId: () => 1, send, connect, tell: unheard });
    const beat = async (answer: boolean | undefined): Promise<number> => {
      heard = answer;
      await vi.advanceTimersByTimeAsync(5_000);
      return unheard.mock.calls.length;
    };
    for (const answer of [true, false, true, false, undefined]) expect(await beat(answer)).toBe(0);
    expect(await beat(false)).toBe(0);
    expect(await beat(false)).toBe(1);
    release();
  });

  it("renews its lease while it is visible, and reports when it closes", () => {
    const release = hold({ tabId: () => 1, send, connect, tell: unheard });
    for (let i = 0; i < 100; i++) {
      vi.advanceTimersByTime(1_000);
      expect(lease).toBeGreaterThan(Date.now());
    }
    release();
    expect(said.at(-1)).toBe("panel-closed");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("renews its lease while it is hidden, where Chromium runs timers once a minute", () => {
    const release = hold({ tabId: () => 1, send, connect, tell: unheard });
    hidden = true;
    document.dispatchEvent(new Event("visibilitychange"));
    // Two heartbeats may get lost.
    vi.setSystemTime(Date.now() + 121_000);
    expect(lease).toBeGreaterThan(Date.now());
    hidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
    expect(lease).toBe(Date.now() + PANEL_LEASE);
    release();
  });

  it("has a port that ends with it, and gets another one when the background was stopped", async () => {
    const release = hold({ tabId: () => 1, send, connect, tell: unheard });
    await vi.advanceTimersByTimeAsync(6_000);
    expect(ports).toHaveLength(1);
    ports[0]?.end();
    expect(ports).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(ports.map(({ open }) => open)).toEqual([false, true]);
    expect(new Set(ports.map(({ name }) => panelOfPort(name))).size).toBe(1);
    release();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(ports.map(({ open }) => open)).toEqual([false, false]);
  });

  it("reports once that it closes, however it is told", () => {
    const release = hold({ tabId: () => 1, send, connect, tell: unheard });
    window.dispatchEvent(new Event("pagehide"));
    release();
    expect(said.filter((type) => type === "panel-closed")).toHaveLength(1);
  });

  it("holds the tab under the id that it has by then", async () => {
    let tabId = 1;
    const held: number[] = [];
    const release = hold({
      tabId: () => tabId,
      send(message) {
        if (message.type === "panel-open") held.push(message.tabId);
        return Promise.resolve();
      },
      connect,
      tell: unheard,
    });
    tabId = 7;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(held).toEqual([1, 7]);
    release();
  });
});
