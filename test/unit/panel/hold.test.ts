// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  HIDDEN_PANEL_LEASE,
  PANEL_LEASE,
  type PanelToBackground,
} from "../../../extension/messages/extension.ts";
import { hold } from "../../../panel/state/hold.ts";

let hidden = false;
let lease = 0;
const said: string[] = [];
const send = (message: PanelToBackground): Promise<unknown> => {
  said.push(message.type);
  if (message.type === "panel-open") lease = Date.now() + (message.hidden ? HIDDEN_PANEL_LEASE : PANEL_LEASE);
  return Promise.resolve();
};

beforeEach(() => {
  vi.useFakeTimers();
  hidden = false;
  said.length = 0;
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the panel's heartbeat", () => {
  it("renews its lease while it is visible, and reports when it closes", () => {
    const release = hold(1, send);
    for (let i = 0; i < 100; i++) {
      vi.advanceTimersByTime(1_000);
      expect(lease).toBeGreaterThan(Date.now());
    }
    release();
    expect(said.at(-1)).toBe("panel-closed");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("renews its lease while it is hidden, where Chromium runs timers once a minute", () => {
    const release = hold(1, send);
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
});
