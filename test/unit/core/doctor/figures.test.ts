import { describe, expect, it } from "vitest";
import { connected, negotiated, outcome, size, verdict, type Run } from "./doctor-script.ts";

const of = (...facts: NonNullable<Run["facts"]>): Run => ({ facts });
const closed = { error: "Server returned an error on close: Connection closed with an error." };

describe("sizes", () => {
  const judged = (run: Run) => outcome("size", run);
  const title = (run: Run) => verdict("size", run)?.title;

  it("not tried", () => {
    expect(judged(of(connected("WebSockets")))).toBe(undefined);
  });

  it("all arrive", () => {
    const run = of(size("out", 1_000_000, null), size("in", 31_000, null));
    expect(judged(run)).toBe("fine");
    expect(verdict("size", run)?.say).toBe("Larger ones weren't tried. From the server 31 kB arrived.");
  });

  it("the server's default limit, and another", () => {
    const usual = of(size("out", 31_000, 34_000, closed));
    expect(judged(usual)).toBe("note");
    expect(title(usual)).toBe("Messages to the server are limited to about 33 kB");
    expect(verdict("size", usual)?.say).toContain("32,768 B is the default of MaximumReceiveMessageSize.");
    const other = of(size("out", 128_000, 256_000, closed));
    expect(judged(other)).toBe("note");
    expect(title(other)).toBe("Messages of 256 kB don't reach the server");
  });

  it("a proxy's limit of requests", () => {
    expect(judged(of(size("out", 0, 1_000, { transport: "LongPolling", status: 413 })))).toBe(
      "problem between medium",
    );
  });

  it("a server that doesn't answer such calls limits nothing", () => {
    expect(judged(of(size("out", 0, 1_000, { error: "No answer within 10 s." })))).toBe("cant-tell");
  });

  it("not even the smallest arrives", () => {
    expect(title(of(size("out", 0, 1_000, closed)))).toBe("Messages of 1,000 B don't reach the server");
  });

  it("a slow network is no limit", () => {
    const run = of(size("out", 128_000, 256_000, { error: "No answer within 10 s." }));
    expect(judged(run)).toBe("note");
    expect(title(run)).toBe("Messages of 128 kB reach the server");
    // Nor does a late answer around 32 KB show the default limit.
    expect(title(of(size("out", 31_000, 34_000, { error: "No answer within 10 s." })))).not.toMatch(
      /limited/,
    );
  });

  it("what didn't come from the server", () => {
    const run = of(size("out", 1_000_000, null), size("in", 4_100, 16_000, { code: 1006 }));
    expect(verdict("size", run)?.say).toContain("From the server 4,100 B arrived, and 16 kB didn't.");
  });
});

describe("speed", () => {
  const judged = (run: Run) => outcome("speed", run);

  it("not judged while none was answered", () => {
    expect(judged({})).toBe(undefined);
    expect(judged(of(negotiated({ status: 500 })))).toBe(undefined);
  });

  it("fast, and where the time went", () => {
    const run = of(
      negotiated({ duration: 90, dns: 5, connect: 40, tls: 25, wait: 30 }),
      negotiated({ duration: 30, wait: 28 }),
      negotiated({ duration: 31, wait: 29 }),
    );
    expect(judged(run)).toBe("fine");
    expect(verdict("speed", run)?.say).toBe(
      "The first negotiate took 90 ms (DNS 5 ms, connect 40 ms, of it TLS 25 ms, server 30 ms), the next 30 ms and 31 ms.",
    );
  });

  it("slow", () => {
    expect(judged(of(negotiated(), negotiated({ duration: 1_001 })))).toBe("note");
  });

  it("without the parts", () => {
    expect(verdict("speed", of(negotiated()))?.say).toContain("doesn't tell this page");
    expect(verdict("speed", of(negotiated({ wait: 30 })))?.say).toContain("was open already");
  });
});
