import { describe, expect, it } from "vitest";
import { packEvents } from "../../../extension/core/columns/event-block.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { boardRecording } from "../../../panel/fixture/board.ts";
import { parseFilter } from "../../../panel/state/messages/filter.ts";
import { isVolatile, matcherOf } from "../../../panel/state/messages/match.ts";
import { searchBlock } from "../../../panel/state/messages/search-block.ts";
import { ModelContext } from "../../../panel/state/messages/row-context.ts";

const START = new Date(2026, 10, 24, 10, 42, 7).getTime();
const events = boardRecording(START);
const reducer = createReducer();
reducer.apply("page", events);
const { payloads } = packEvents(events);
const context = new ModelContext(reducer.model);
const passing = (text: string) => {
  const filter = parseFilter(text);
  expect(filter.problem).toBeNull();
  const hits = {
    has: (row: number, word: string) => searchBlock(payloads, word, -1).includes(context.events.seqOf(row)),
  };
  const { matches } = matcherOf(filter, context, hits);
  return events.filter((_, row) => matches(row));
};

describe("matcherOf", () => {
  it("matches everything but long tasks when the filter is empty", () => {
    expect(passing("")).toEqual(events.filter((event) => event.kind !== "long-task"));
    expect(passing("kind:long-task").every((event) => event.kind === "long-task")).toBe(true);
    expect(passing("kind:long-task").length).toBeGreaterThan(0);
  });

  it("knows the hub connection of every kind of row", () => {
    const board = passing("hub:board");
    expect(new Set(board.map((event) => event.kind))).toEqual(
      new Set([
        "hub",
        "hub-state",
        "negotiate",
        "negotiate-ended",
        "socket",
        "socket-opened",
        "socket-closed",
        "handshake",
        "message",
        "counts",
        "retry",
        "fault",
      ]),
    );
    const ofChat = (event: (typeof events)[number]): boolean => "url" in event && event.url.includes("chat");
    expect(board.some(ofChat)).toBe(false);
  });

  it("combines conditions with the same key by OR, different keys by AND", () => {
    const both = passing("type:ping type:completion");
    expect(both).toHaveLength(passing("type:ping").length + passing("type:completion").length);
    expect(
      passing("type:ping dir:in").every((event) => event.kind === "message" && event.direction === "in"),
    ).toBe(true);
    expect(passing("-is:ping").some((event) => event.kind === "message" && event.type === 6)).toBe(false);
  });

  it("finds lost calls by their fate", () => {
    expect(passing("is:lost").map((event) => event.kind === "message" && event.target)).toEqual([
      "SaveLayout",
      "GetDepth",
      "GetDepth",
    ]);
    expect(isVolatile(parseFilter("is:lost"))).toBe(true);
    expect(isVolatile(parseFilter("type:ping"))).toBe(false);
  });

  it("finds injected faults, and errors", () => {
    expect(passing("is:swallowed")).toHaveLength(8);
    expect(passing("is:injected").map((event) => event.kind)).toContain("fault-ended");
    expect(
      passing("is:error").every((event) =>
        ["negotiate-ended", "socket-closed", "dropped", "hub-lost"].includes(event.kind),
      ),
    ).toBe(true);
  });

  it("searches targets, payloads and urls for words, with * as a wildcard", () => {
    expect(passing('"spread is back"').length).toBeGreaterThan(0);
    expect(passing('"SPREAD is back"').every((event) => event.kind === "message" && event.binary)).toBe(true);
    expect(passing("target:Get*").every((event) => event.kind === "message")).toBe(true);
    expect(passing("target:GetDep").length).toBe(passing("target:getdepth").length);
    expect(passing("target:Depth*")).toHaveLength(0);
  });

  it("filters by time", () => {
    const cut = passing("from:10:44:10 to:+2:20");
    expect(cut.length).toBeGreaterThan(0);
    for (const { t } of cut) {
      expect(t).toBeGreaterThanOrEqual(START + 123_000);
      expect(t).toBeLessThanOrEqual(events[0]!.t + 140_000);
    }
  });
});
