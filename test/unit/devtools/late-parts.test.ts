/** What DevTools tells of a request only when it has ended. */
import { describe, expect, it, vi } from "vitest";
import { createLateParts } from "../../../extension/devtools/late-parts.ts";

const startedDateTime = "2026-11-29T05:27:38.535Z";
const negotiate = {
  startedDateTime,
  _resourceType: "fetch",
  request: { method: "POST", url: "https://board.example/hubs/board/negotiate?negotiateVersion=1" },
  response: { status: 200, content: { size: 3 } },
};
const socket = {
  startedDateTime,
  _resourceType: "websocket",
  request: { method: "GET", url: "wss://board.example/hubs/board?id=a" },
  response: { status: 101 },
};
const answers = (text: unknown, encoding?: string) => ({
  ...negotiate,
  getContent: (done: (text: unknown, encoding: unknown) => void) => {
    done(text, encoding);
  },
});

describe("the late parts of a log", () => {
  it("add the body of a negotiate's answer", async () => {
    const late = createLateParts();
    expect(late.added(negotiate)).toBe(negotiate);
    expect(late.hear(answers("e30=", "base64"))).toBe(true);
    await vi.waitFor(() => {
      expect(late.added(negotiate)).toMatchObject({
        response: { content: { text: "e30=", encoding: "base64" } },
      });
    });
  });

  it("say that a body is nowhere", async () => {
    const late = createLateParts();
    late.hear(answers(null));
    await vi.waitFor(() => {
      expect(late.added(negotiate)).toMatchObject({ response: { content: { text: null } } });
    });
  });

  it("say that a socket is closed", () => {
    const late = createLateParts();
    expect(late.hear(socket)).toBe(false);
    expect(late.added(socket)).toMatchObject({ _finished: true });
  });

  it("have a whole socket only while a worker is read, if the log was cleared", () => {
    const late = createLateParts();
    late.watches(true);
    expect(late.hear(socket)).toBe(true);
    expect(late.takeFinished([socket])).toEqual([]);
    late.hear(socket);
    expect(late.takeFinished([])).toMatchObject([{ _finished: true }]);
    expect(late.takeFinished([])).toEqual([]);
    late.hear(socket);
    late.watches(false);
    expect(late.takeFinished([])).toEqual([]);
  });

  it.each([
    ["a page's request", { ...answers("{}"), pageref: "page_1" }],
    ["no request", null],
    ["text", "x"],
  ])("leave %s alone", (_what, request) => {
    const late = createLateParts();
    expect(late.hear(request)).toBe(false);
    expect(late.added(request)).toBe(request);
  });
});
