/** What a test may ask of the connection doctor. */
import { describe, expect, it } from "vitest";
import { readDoctorOptions } from "../../../content-script/page-build/read-options.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { script } from "../core/event-script.ts";

const URL_OF_HUB = "https://board.example/hubs/board";
const empty = createReducer().model;
const used = (): typeof empty => {
  const reducer = createReducer();
  reducer.apply("page", script().at(0).page().hub().events);
  return reducer.model;
};

describe("the options of the doctor", () => {
  it("are the page's first hub, no waiting, and calls, unless they say otherwise", () => {
    const model = used();
    expect(readDoctorOptions(undefined, model)).toEqual({ url: model.hubs[0]?.url, stay: 0, calls: true });
    expect(readDoctorOptions({ hub: URL_OF_HUB, stay: 30_000, calls: false }, empty)).toEqual({
      url: URL_OF_HUB,
      stay: 30_000,
      calls: false,
    });
  });

  it.each([
    ["no hub", undefined, /used no hub yet/],
    ["a misspelt option", { hub: URL_OF_HUB, stays: 1 }, /no option "stays"/],
    ["a hub that is no address", { hub: "" }, /hub is an address/],
    ["a time that isn't one", { hub: URL_OF_HUB, stay: -1 }, /stay a number of milliseconds/],
    ["more than an hour", { hub: URL_OF_HUB, stay: 3_600_001 }, /up to an hour/],
    ["calls that are no answer", { hub: URL_OF_HUB, calls: "no" }, /calls true or false/],
  ])("with %s are refused", (_, options, why) => {
    expect(() => readDoctorOptions(options, empty)).toThrow(why);
  });
});
