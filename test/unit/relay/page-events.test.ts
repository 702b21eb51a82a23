import { describe, expect, it } from "vitest";
import { collectEvents } from "../../../content-script/page-build/page-events.ts";
import { payloadSize } from "../../../extension/core/events/payload.ts";
import { range } from "../fakes/events.ts";

describe("the page build's recording", () => {
  it("is limited in bytes: further messages are kept without their payloads", () => {
    const kept = collectEvents("p");
    const payload = "x".repeat(4 * 1024 * 1024);
    expect(kept.add(range(1, 20, { payload }))).toBe(0);
    expect(kept.events).toHaveLength(20);
    const bytes = kept.events.reduce((sum, event) => sum + payloadSize(event), 0);
    expect(bytes).toBeLessThanOrEqual(64 * 1024 * 1024);
    expect(kept.events.at(-1)).toMatchObject({ seq: 20, truncated: true });
  });
});
