/** Tests the checks of messages between the parts of the extension. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPanelToBackground, isToPanel, isToRelay } from "../../../extension/messages/addressed-to.ts";
import { readAppend } from "../../../extension/messages/read-append.ts";

const append = {
  to: "background",
  type: "append",
  page: "p",
  top: true,
  url: "https://a.example/",
  origin: "https://a.example",
  connections: 1,
  events: [{ kind: "online", online: true, seq: 1, t: Date.UTC(2026, 10, 24) }],
} as const;

describe("an append of a relay", () => {
  it("is read with its events, and without a field that no relay sends", () => {
    expect(readAppend({ ...append, after: 3, more: "x" })).toEqual({ ...append, after: 3 });
    expect(readAppend(append)).toEqual(append);
  });

  it("is rejected if a field is missing or has the wrong type", () => {
    const fields = ["to", "type", "page", "top", "url", "origin", "connections"] as const;
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.anything(), (field, value) => {
        fc.pre(typeof value !== typeof append[field]);
        expect(readAppend({ ...append, [field]: value })).toBeNull();
      }),
    );
  });

  it("is rejected if the page's id is too long for one that a relay generates", () => {
    expect(readAppend({ ...append, page: "p".repeat(65) })).toBeNull();
  });

  it("is read without invalid events", () => {
    expect(readAppend({ ...append, events: [...append.events, { kind: "nonsense" }, null] })?.events).toEqual(
      append.events,
    );
    expect(readAppend({ ...append, events: "none" })?.events).toEqual([]);
  });
});

describe("every other message", () => {
  it("is recognised by its recipient and type", () => {
    expect(isToRelay({ to: "relay", type: "mode-changed" })).toBe(true);
    expect(isToPanel({ to: "panel", type: "full" })).toBe(true);
    expect(isPanelToBackground({ to: "background", type: "session" })).toBe(true);
  });

  it("is rejected if it has another recipient, an unknown type, or is no message at all", () => {
    for (const message of [
      { to: "panel", type: "mode-changed" },
      { to: "relay", type: "toString" },
      { to: "relay" },
      null,
      1,
    ])
      expect([isToRelay(message), isPanelToBackground(message)]).toEqual([false, false]);
    fc.assert(
      fc.property(fc.anything(), (message) => {
        expect([isToRelay(message), isToPanel(message), isPanelToBackground(message)]).toEqual([
          false,
          false,
          false,
        ]);
      }),
    );
  });
});
