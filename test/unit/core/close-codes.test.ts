/** Tests which cause follows from a close code, its reason, and the next attempts together. */
import { judged } from "./judged.ts";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { describe, expect, it } from "vitest";
import type { Unstamped } from "../../../extension/core/events/events.ts";
import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import type { Verdict } from "../../../extension/core/diagnosis/verdict.ts";
import { script } from "./event-script.ts";

const CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

const texts = ({ evidence }: Verdict): string[] => evidence.map(({ text }) => text);

describe("a close code with a reason", () => {
  interface Talk {
    readonly size: number;
    readonly direction: "in" | "out";
  }
  const closed = (code: number, reason: string, said?: Talk): Verdict => {
    const events = script().connected();
    if (said) events.at(900).message({ socket: 1, type: 1, target: "Save", ...said });
    return verdictOf(
      events
        .at(1_000)
        .add({ kind: "socket-closed", socket: 1, code, reason, wasClean: true })
        .state("Connected", "Reconnecting")
        .onlyInterruption(),
    );
  };

  it.each([
    [1011, "", "server-send-error", "high"],
    [1011, "Internal server error", "server-send-error", "high"],
    [1011, "proxy: upstream idle timeout", "server-send-error", "medium"],
    [1012, "Service Restart", "closed-by-server-socket", "high"],
    [1012, "bye", "closed-by-server-socket", "medium"],
    [1013, "your quota is used up", "closed-by-server-socket", "medium"],
    [1009, "", "frame-too-large", "medium"],
    [1009, "kicked", "frame-too-large", "low"],
  ] as const)("gives no more confidence than its text allows: %i %j", (code, reason, cause, confidence) => {
    const verdict = closed(code, reason);
    expect(verdict).toMatchObject({ cause, confidence });
    if (reason !== "") expect(texts(verdict).join()).toContain(`“${reason}”`);
  });

  it("is attributed to a large message only if there was one", () => {
    for (const direction of ["in", "out"] as const) {
      const verdict = closed(1009, "Message too big", { size: 70_000, direction });
      expect(verdict).toMatchObject({ cause: "frame-too-large", confidence: "high" });
      expect(texts(verdict).join()).toContain("Message of 70,000 bytes");
    }
    expect(closed(1009, "", { size: 500, direction: "out" }).confidence).toBe("medium");
    expect(closed(1009, "kicked", { size: 70_000, direction: "out" }).confidence).toBe("medium");
    expect(closed(1009, "").title).toContain("closed the socket with code 1009");
  });
});

describe("two connections to one server that are lost at the same time", () => {
  const LOST = 20_000;

  /** One connection of the page: lost at this time, and its next negotiate is answered. */
  const connection = (
    number: number,
    path: string,
    { code, at, next }: { code: number; at: number; next: 200 | 503 },
  ): [number, Unstamped][] => {
    const url = `https://board.example/hubs/${path}`;
    const negotiate = (request: number): Unstamped => ({
      kind: "negotiate",
      request,
      url: `${url}/negotiate?negotiateVersion=1`,
      api: "fetch",
      askedStatefulReconnect: false,
    });
    const up = (socket: number, t: number): [number, Unstamped][] => [
      [t, { kind: "negotiate-ended", request: socket, status: 200, connectionId: `id-${socket}` }],
      [
        t + 1,
        {
          kind: "socket",
          socket,
          transport: "WebSockets",
          url: url.replace("https", "wss"),
          request: socket,
        },
      ],
      [t + 2, { kind: "socket-opened", socket }],
      [t + 3, { kind: "handshake", socket, direction: "out", protocol: "json", version: 1 }],
      [t + 4, { kind: "handshake", socket, direction: "in" }],
    ];
    const [first, second] = [number * 10, number * 10 + 1];
    return [
      [number, negotiate(first)],
      ...up(first, number + 5),
      [LOST + at, { kind: "socket-closed", socket: first, code, reason: "", wasClean: code === 1000 }],
      [LOST + at + 5, negotiate(second)],
      ...(next === 200
        ? up(second, LOST + at + 12)
        : [
            [LOST + at + 12, { kind: "negotiate-ended", request: second, status: 503, error: "x" }] as [
              number,
              Unstamped,
            ],
          ]),
    ];
  };
  const reduced = (...all: [number, Unstamped][][]): readonly HubConnectionModel[] => {
    const events = script().at(0).page({ probe: false });
    events.events.splice(0, 1, { ...events.events[0]!, userAgent: CHROME } as (typeof events.events)[0]);
    for (const [t, event] of all.flat().sort(([a], [b]) => a - b)) events.at(t).add(event);
    return events.reduce().hubs;
  };

  it("the connection's own successful next attempt counts, not the experience of another connection", () => {
    const [a, b] = reduced(
      connection(1, "a", { code: 1000, at: 0, next: 200 }),
      connection(2, "b", { code: 1006, at: 30, next: 503 }),
    );
    expect(judged(a!.interruptions[0]!)).toMatchObject({
      outcome: "reconnected",
      verdict: { cause: "closed-by-server-socket", confidence: "medium" },
    });
    expect(verdictOf(b!.interruptions[0]!)).toMatchObject({ cause: "server-gone", confidence: "high" });
  });

  it("the evidence names the experience of another connection if that decides", () => {
    const waiting = connection(1, "a", { code: 1006, at: 0, next: 200 }).filter(([t]) => t <= LOST);
    const [a] = reduced(waiting, connection(2, "b", { code: 1006, at: 30, next: 503 }));
    const verdict = verdictOf(a!.interruptions[0]!);
    expect(verdict).toMatchObject({ cause: "server-gone", confidence: "high" });
    expect(texts(verdict).join()).toMatch(/Lost at the same time, \/hubs\/b: its attempt 1 failed: .*503/);
  });
});
