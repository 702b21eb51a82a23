import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { BOARD_SECONDS, boardRecording } from "../../../panel/fixture/board.ts";
import { withDoctorRuns } from "../../../panel/fixture/doctor.ts";
import { doctorHubs, methodsOf } from "../../../panel/state/doctor/doctor-hubs.ts";
import { createScale } from "../../../panel/state/time-scale.ts";
import { drawTimeline, type Scene } from "../../../panel/timeline/draw-timeline.ts";
import { Indices } from "../../../panel/timeline/hub-index.ts";
import { createLayout } from "../../../panel/timeline/layout.ts";
import { readDoctor } from "../../../panel/timeline/read-doctor.ts";
import { drawLog, paint } from "./draw-log.ts";

const START = new Date(2026, 10, 24, 10, 42, 7).getTime();
const END = START + BOARD_SECONDS * 1_000;
const modelOf = (events: readonly RecordedEvent[]): RecordingModel => {
  const reducer = createReducer();
  reducer.apply("page", events);
  return reducer.model;
};
const model = modelOf(withDoctorRuns(boardRecording(START), START));

function textsOf({ hubs, pages, from, to }: RecordingModel): string[] {
  const { pen, texts } = drawLog();
  const indices = new Indices();
  indices.update(hubs);
  const layout = createLayout(hubs, { width: 1280, room: 400, roomyBelow: 0, folds: new Map(), first: null });
  const scene: Scene = {
    layout,
    paint,
    scale: createScale({ from, to }, 1148),
    page: pages[0]!,
    pages,
    begin: from,
    now: to,
    live: true,
    selected: null,
    scrollTop: 0,
    height: layout.headHeight + layout.groupsHeight,
    flags: () => [],
    index: (hub) => indices.of(hub),
  };
  drawTimeline(pen, scene);
  return texts();
}

describe("the connection doctor on the timeline", () => {
  it("marks its runs, and nothing where there are none", () => {
    expect(textsOf(model).filter((text) => text.startsWith("Connection doctor"))).not.toEqual([]);
    const without = modelOf(boardRecording(START));
    expect(textsOf(without).filter((text) => text.startsWith("Connection doctor"))).toEqual([]);
  });

  it("tells hub and time of the run under the pointer", () => {
    const scale = createScale({ from: START, to: END }, 1148);
    const reading = readDoctor(model.pages, START + 90_000, scale, END);
    expect(reading?.title).toMatch(/^Connection doctor \d+/);
    expect(reading).toMatchObject({ text: "/hubs/board · 10:43:31", doctorRunKey: "page:1" });
    expect(readDoctor(model.pages, START + 20_000, scale, END)).toBeNull();
  });

  it("ends with its page", () => {
    const begun = withDoctorRuns(boardRecording(START), START).filter(
      ({ kind, t }) => kind !== "doctor-ended" && t < START + 100_000,
    );
    const left = modelOf([
      ...begun,
      {
        kind: "lifecycle",
        phase: "pagehide",
        persisted: false,
        seq: begun.length + 1,
        t: START + 100_000,
      },
    ]);
    const scale = createScale({ from: START, to: END }, 1148);
    expect(readDoctor(left.pages, START + 90_000, scale, END)?.until).toBe(START + 100_000);
    expect(readDoctor(left.pages, START + 150_000, scale, END)).toBeNull();
  });
});

describe("the hubs that the doctor can be run on", () => {
  it("has each address once, with the methods that were called there", () => {
    const hubs = doctorHubs(model);
    expect(hubs.map(({ label }) => label).sort()).toEqual(["/hubs/board", "/hubs/chat"]);
    const board = hubs.find(({ label }) => label === "/hubs/board")!;
    expect(methodsOf(board.hubs)).toEqual(["JoinBoard", "GetDepth", "SaveLayout", "GetServerTime"]);
  });

  it("begins with the hub whose connection was opened last", () => {
    const [first] = doctorHubs(model);
    const opened = (label: string): number =>
      Math.max(
        ...model.hubs
          .filter(({ path }) => path === label)
          .flatMap(({ transports }) =>
            transports.filter(({ until }) => until === null).map(({ from }) => from),
          ),
      );
    const other = first!.label === "/hubs/chat" ? "/hubs/board" : "/hubs/chat";
    expect(opened(first!.label)).toBeGreaterThanOrEqual(opened(other));
  });
});
