import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { availabilityOf, shareUp } from "../../../extension/core/model/availability.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { manyRecording } from "../../../panel/fixture/many.ts";
import { anyEvent } from "./any-event.ts";
import { anyLife } from "./any-life.ts";
import { script } from "./event-script.ts";

const seconds = (ms: number): number => Math.round(ms / 100) / 10;

const lostTwice = () => {
  const all = script().connected();
  all.at(10_000).closed(1).state("Connected", "Reconnecting");
  all.at(14_000).negotiate(2, "id-2").socket(2, 2).state("Reconnecting", "Connected", "id-2");
  all.at(20_000).closed(2).state("Connected", "Reconnecting");
  return all.at(22_000).negotiate(3, "id-3").socket(3, 3).state("Reconnecting", "Connected", "id-3");
};

describe("availability", () => {
  it("is the share of the time in which the app had or wanted a connection", () => {
    const model = lostTwice().at(30_000).add({ kind: "still-open" }).reduce();
    const { hubs, pages, ...all } = availabilityOf(model);
    expect(hubs[0]?.uptime).toMatchObject({ down: 6_000, outages: 2, longest: 4_000, unseen: 0 });
    expect(all).toMatchObject({ down: 6_000, downSum: 6_000, allDown: 6_000, unrecorded: 0 });
    expect(all.recorded).toBe(30_000);
    expect(pages[0]?.uptime.recorded).toBe(30_000);
    // The first 500 ms were the start.
    expect(shareUp(all)).toBeCloseTo(23_500 / 29_500, 1);
  });

  it("counts outages of several connections at the same time once, and tells their sum apart", () => {
    const reducer = createReducer();
    reducer.apply("page", manyRecording(0, 9));
    const all = availabilityOf(reducer.model);
    const lost = all.hubs.filter(({ uptime }) => uptime.down > 0);
    expect(lost.map(({ uptime }) => seconds(uptime.down))).toEqual([12.6, 12.6, 12.6, 2.5]);
    expect(seconds(all.down)).toBe(15.1);
    expect(seconds(all.downSum)).toBe(40.3);
    expect(all.outages).toBe(2);
    expect(all.allDown).toBe(0);
  });

  it("says how much of it nobody could see, as the page was hidden", () => {
    const all = script().connected();
    all.at(10_000).closed(1).state("Connected", "Reconnecting");
    all.at(11_000).add({ kind: "visibility", visible: false });
    all.at(13_000).add({ kind: "visibility", visible: true });
    const model = all.at(20_000).add({ kind: "still-open" }).reduce();
    expect(availabilityOf(model)).toMatchObject({ down: 10_000, unseen: 2_000 });
  });

  it("counts neither time after a stop nor time that wasn't recorded", () => {
    const reducer = createReducer();
    const first = script().connected();
    first
      .at(10_000)
      .state("Connected", "Disconnecting")
      .state("Disconnecting", "Disconnected")
      .closed(1, 1000);
    first.at(20_000).add({ kind: "recording-ended", reason: "switched-off" });
    reducer.apply("p", first.events);
    const later = first.events.map((event) => ({ ...event, t: event.t + 50_000 }));
    reducer.apply("q", later);
    const all = availabilityOf(reducer.model);
    expect(all).toMatchObject({ recorded: 40_000, unrecorded: 30_000, down: 0 });
    expect(all.up).toBeLessThanOrEqual(20_000);
    expect(shareUp(all)).toBe(1);
  });

  it("is not known without any connection", () => {
    expect(shareUp(availabilityOf(createReducer().model))).toBeNull();
  });
});

const sane = (model: RecordingModel): void => {
  const { recorded, up, down, downSum, allDown, unseen, longest, pages, hubs, unrecorded } =
    availabilityOf(model);
  // Fractions of milliseconds don't add up exactly.
  const a = 0.01;
  expect(up + down).toBeLessThanOrEqual(recorded + a);
  expect(recorded + unrecorded).toBeLessThanOrEqual(Math.max(0, model.to - model.from) + a);
  expect(down).toBeLessThanOrEqual(downSum + a);
  for (const part of [allDown, unseen, longest]) expect(part).toBeLessThanOrEqual(down + a);
  for (const { uptime } of [...pages, ...hubs]) expect(uptime.down).toBeLessThanOrEqual(down + a);
  expect(down).toBeLessThanOrEqual(pages.reduce((sum, { uptime }) => sum + uptime.down, 0) + a);
  for (const { page, uptime } of pages) {
    const own = hubs.filter(({ hub }) => hub.page === page.id).map((one) => one.uptime.down);
    expect(uptime.down).toBeGreaterThanOrEqual(Math.max(0, ...own) - a);
    expect(uptime.down).toBeLessThanOrEqual(own.reduce((sum, ms) => sum + ms, 0) + a);
  }
};

describe("availability of any recording", () => {
  it("adds up, whatever clients do on two pages", () => {
    fc.assert(
      fc.property(anyLife, anyLife, fc.nat(5_000), (one, other, later) => {
        const reducer = createReducer();
        reducer.apply("p", one);
        reducer.apply(
          "q",
          other.map((event) => ({ ...event, t: event.t + later })),
        );
        sane(reducer.model);
      }),
    );
  });

  it("adds up for any events in any order", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(60_000), anyEvent), { maxLength: 40 }), (all) => {
        const events = script().page();
        for (const [t, event] of all) events.at(t).add(event);
        const reducer = createReducer();
        reducer.apply("p", events.events);
        sane(reducer.model);
      }),
    );
  });
});
