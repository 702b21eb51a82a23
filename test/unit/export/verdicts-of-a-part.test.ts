/**
 * A part of a recording doesn't say what came before it. What isn't known must not count as nothing: a verdict with high
 * confidence that the whole recording contradicts would be a lie.
 */
import { describe, expect, it } from "vitest";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import type { Verdict } from "../../../extension/core/diagnosis/verdict.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import { pagesOf, partOf, wholeOf } from "./parts.ts";

function first({ hubs }: RecordingModel): Verdict {
  const [one] = hubs.flatMap(({ interruptions }) => interruptions);
  if (!one) throw new Error("nothing was interrupted");
  return verdictOf(one);
}

/** The verdicts of the first loss: in the whole recording, and in the part that begins so long after it. */
async function both(name: string, after: Milliseconds) {
  const pages = pagesOf(name);
  const whole = wholeOf(pages);
  return { whole: first(whole), part: first(await partOf(pages, whole.from + after)) };
}

describe("a part of a recording", () => {
  const sleeper = "cases/browser-stood-still-70-s.firefox.json";

  it("is unsure of a server timeout if it begins too late to know whether the browser stood still", async () => {
    const { whole, part } = await both(sleeper, 60_000);
    expect(whole).toMatchObject({ cause: "asleep", confidence: "high" });
    expect(part).toMatchObject({ cause: "server-timeout", confidence: "medium" });
    expect(part.ruledOut).not.toContain("freeze");
  });

  it("knows it if it stood still in the part for longer than the server timeout", async () => {
    expect((await both(sleeper, 40_000)).part).toMatchObject({ cause: "asleep" });
  });

  it("is unsure of it, too, if the socket was closed just before", async () => {
    const { whole, part } = await both("cases/browser-stood-still-70-s-event-stream.firefox.json", 72_787);
    expect(whole).toMatchObject({ cause: "asleep" });
    expect(part).toMatchObject({ cause: "server-timeout", confidence: "medium" });
  });

  it("knows when a token expires that long polling sent with its negotiate", async () => {
    const { whole, part } = await both("causes/token-expired-long-polling.chromium.json", 563);
    expect(whole).toMatchObject({ cause: "token-expired" });
    expect(part).toMatchObject({ cause: "token-expired" });
  });

  it("doesn't take the server's Close for an unreadable message if that came before", async () => {
    const { whole, part } = await both("causes/message-too-large.chromium.json", 427.5);
    expect(whole).toMatchObject({ cause: "message-too-large" });
    expect(part).toMatchObject({ cause: "server-close", confidence: "medium", knowledge: "client" });
    expect(part.ruledOut).not.toContain("server Close");
  });

  it("is unsure whether a hub failed while connecting if messages may have come before", async () => {
    const { whole, part } = await both("causes/server-close-for-good.chromium.json", 443);
    expect(whole).toMatchObject({ cause: "server-closed-for-good", confidence: "high" });
    expect(part.confidence).toBe("medium");
  });
});
