import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { payloadSize, withPayloadCap, withoutPayload } from "../../../extension/core/events/payload.ts";
import { redactEvents, withoutSecrets } from "../../../extension/core/events/redact-events.ts";
import { tokenHash } from "../../../extension/core/redaction/token-hash.ts";

const T = Date.UTC(2026, 10, 27);
const message = { kind: "message", seq: 1, t: T, socket: 1, direction: "in", type: 3, size: 9 } as const;

describe("withoutSecrets", () => {
  it("redacts texts within lists and objects, and returns values without secrets unchanged", () => {
    const clean = { ...message, streamIds: ["a"] };
    expect(withoutSecrets(clean)).toBe(clean);
    expect(withoutSecrets({ ...message, streamIds: ["a", "pwd=hunter2"] })).toEqual({
      ...message,
      streamIds: ["a", "pwd=…"],
    });
  });

  it("shortens every text to the given limit", () => {
    expect(withoutSecrets({ error: "x".repeat(50) }, () => 10)).toEqual({ error: `${"x".repeat(9)}…` });
  });
});

describe("redactEvents", () => {
  it("replaces a connection id that is also the token (negotiate version 0) by a hash", () => {
    const events: RecordedEvent[] = [
      {
        kind: "negotiate-ended",
        seq: 1,
        t: T,
        request: 1,
        status: 200,
        negotiateVersion: 0,
        connectionId: "tok",
      },
      { kind: "hub-state", seq: 2, t: T, hub: 1, from: "Connecting", to: "Connected", connectionId: "tok" },
      { kind: "hub-state", seq: 3, t: T, hub: 2, from: "Connecting", to: "Connected", connectionId: "id" },
    ];
    const clean = redactEvents(events);
    expect(clean).toMatchObject([
      { connectionId: tokenHash("tok") },
      { connectionId: tokenHash("tok") },
      { connectionId: "id" },
    ]);
    expect(redactEvents(clean)).toEqual(clean);
  });
});

describe("payload", () => {
  it.each([
    ["is a message's text", { ...message, payload: "{}" }, message, 2],
    ["is a message's bytes", { ...message, binary: "AAEC", truncated: true }, message, 3],
    ["is the error of a completion", { ...message, error: "no" }, { ...message, error: "" }, 2],
    [
      "is not the error of a Close",
      { ...message, type: 7, error: "no" },
      { ...message, type: 7, error: "no" },
      0,
    ],
    ["is no other field", { ...message, target: "Say" }, { ...message, target: "Say" }, 0],
  ] as const)("%s", (_what, event, without, size) => {
    expect(withoutPayload(event)).toEqual(without);
    expect(payloadSize(event)).toBe(size);
  });

  it.each([
    ["text, in bytes", { payload: "äöü" }, 5, { payload: "äö", truncated: true }],
    ["bytes", { binary: "AAECAwQF" }, 4, { binary: "AAEC", truncated: true }],
    ["an error", { error: "it failed" }, 5, { error: "it f…" }],
    ["nothing that fits", { payload: "äöü", error: "no" }, 6, { payload: "äöü", error: "no" }],
  ] as const)("is cut at the limit of the settings: %s", (_what, fields, cap, capped) => {
    expect(withPayloadCap({ ...message, ...fields }, cap)).toEqual({ ...message, ...capped });
  });
});
