// @vitest-environment happy-dom
import { fireEvent, waitFor, type RenderResult } from "@testing-library/preact";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { DoctorOrder } from "../../../extension/core/events/doctor-events.ts";
import { BOARD_SECONDS, boardRecording } from "../../../panel/fixture/board.ts";
import { doctorRun, withDoctorRuns } from "../../../panel/fixture/doctor.ts";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import { createScale } from "../../../panel/state/time-scale.ts";
import { createLayout } from "../../../panel/timeline/layout.ts";
import { openAt } from "../../../panel/timeline/pointing.ts";
import { panelBench, START } from "./panel-bench.tsx";

const bench = panelBench();
const NOW = START + BOARD_SECONDS * 1_000;
let asked: DoctorOrder[];

beforeEach(() => {
  asked = [];
  bench.source = createMemorySource({
    now: () => NOW,
    doctor: (run, order) => {
      asked.push(order);
      return doctorRun(run, order);
    },
  });
});

const openTab = async (view: RenderResult): Promise<void> => {
  fireEvent.click(await view.findByTestId("tab-doctor"));
  await view.findByTestId("doctor-main");
};

/** A panel in which the doctor has begun, and tries something. */
const openRunning = async (): Promise<RenderResult> => {
  bench.source = createMemorySource({
    now: () => NOW,
    doctor: (run, order) => doctorRun(run, order).filter(({ event }) => event.kind !== "doctor-ended"),
  });
  const view = await bench.openBoard();
  await openTab(view);
  fireEvent.click(view.getByTestId("doctor-run"));
  await view.findByTestId("doctor-progress");
  return view;
};

describe("before the doctor runs", () => {
  it("says what it will do, and which methods it won't call", async () => {
    const view = await bench.openBoard();
    await openTab(view);
    const words = view.getByTestId("doctor-before").textContent;
    expect(words).toContain("about 20 short connections to https://board.example/hubs/board");
    expect(words).toContain("OnConnectedAsync and OnDisconnectedAsync");
    expect(words).toContain("borrowed inside the page");
    expect(view.getByTestId("doctor-methods").textContent).toContain("JoinBoard, GetDepth");
    expect(asked).toEqual([]);
  });

  it("offers each hub of the page once, and orders what was chosen", async () => {
    const view = await bench.openBoard();
    await openTab(view);
    const hub = view.getByTestId("doctor-hub") as HTMLSelectElement;
    expect([...hub.options].map(({ text }) => text).sort()).toEqual(["/hubs/board", "/hubs/chat"]);
    fireEvent.change(hub, {
      target: { value: [...hub.options].find(({ text }) => text === "/hubs/chat")!.value },
    });
    fireEvent.change(view.getByTestId("doctor-stay"), { target: { value: "0" } });
    fireEvent.click(view.getByTestId("doctor-calls"));
    fireEvent.click(view.getByTestId("doctor-run"));
    await view.findByTestId("doctor-result");
    expect(asked).toEqual([{ url: "https://board.example/hubs/chat", stay: 0, calls: false }]);
  });

  it("shows why the page refused", async () => {
    const view = await bench.openBoard();
    bench.source.doctor = () => Promise.resolve({ ok: false, error: "A run goes on." });
    await openTab(view);
    fireEvent.click(view.getByTestId("doctor-run"));
    expect(await view.findByText("Connection doctor: A run goes on.")).toBeTruthy();
  });

  it("can't run where the page is gone, and says so", async () => {
    const view = await bench.openBoard();
    await openTab(view);
    bench.source.append("page-1", [
      { kind: "lifecycle", phase: "pagehide", persisted: false, seq: 1_000_000, t: NOW },
    ]);
    await waitFor(() => {
      expect(view.getByTestId("doctor-status").textContent).toContain("The page unloaded");
    });
    expect(view.getByTestId("doctor-main").textContent).toContain("Not run in this recording.");
  });
});

describe("while the doctor runs", () => {
  it("shows what it tries, what it has found, and cancels", async () => {
    const view = await openRunning();
    expect(view.getByTestId("doctor-tries").textContent).toBe("Left open: Event stream");
    expect(view.getByTestId("doctor-progress").textContent).toContain("0:30 left");
    expect(view.getAllByTestId("doctor-fact").length).toBeGreaterThan(10);
    fireEvent.click(view.getByTestId("doctor-cancel"));
    expect((await view.findByTestId("doctor-early")).textContent).toContain("Cancelled before it was done.");
    expect(view.getByTestId("doctor-run")).toBeTruthy();
  });

  it("is over when the page is left", async () => {
    const view = await openRunning();
    bench.source.append("page-1", [
      { kind: "lifecycle", phase: "pagehide", persisted: false, seq: 1_000_000, t: NOW + 5 },
    ]);
    expect((await view.findByTestId("doctor-early")).textContent).toContain("The page was left");
  });
});

describe("the result of the doctor", () => {
  const openRuns = async (): Promise<RenderResult> => {
    bench.source.append("page-1", withDoctorRuns(boardRecording(START), START), {
      url: "https://board.example/board",
    });
    const view = bench.open();
    await openTab(view);
    await view.findByTestId("doctor-result");
    return view;
  };

  it("lists the runs, the newest first, and shows the one that is chosen", async () => {
    const view = await openRuns();
    const [newest, earlier] = view.getAllByTestId("doctor-row");
    expect(newest?.getAttribute("aria-pressed")).toBe("true");
    expect(view.getByTestId("doctor-result").dataset["where"]).not.toBe("between");
    fireEvent.click(earlier!);
    await waitFor(() => {
      expect(view.getByTestId("doctor-result").dataset["where"]).toBe("between");
    });
    const problem = view
      .getAllByTestId("doctor-verdict")
      .find(({ dataset }) => dataset["topic"] === "websockets")!;
    expect(problem.dataset["result"]).toBe("problem");
    expect(problem.textContent).toContain("Between app and server");
    expect(problem.textContent).toContain("confidence");
  });

  it("has what was measured in tables, beside what the app uses", async () => {
    const view = await openRuns();
    const table = view.getByRole("group", { name: "Transports and protocols" });
    const own = [...table.querySelectorAll("tbody tr")].filter(
      (row) => row.querySelector(".of-app") !== null,
    );
    expect(own.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^WebSocket app ?JSON/),
    ]);
    for (const name of [
      "Negotiates",
      "Largest messages",
      "Left open",
      "Sticky sessions and stateful reconnect",
    ])
      expect(view.getByRole("group", { name })).toBeTruthy();
  });

  it("can be copied as text", async () => {
    const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    const view = await openRuns();
    fireEvent.click(view.getByLabelText("Copy as text"));
    const [text] = write.mock.lastCall!;
    expect(text).toMatch(/^Connection doctor: .+\nhttps:\/\/board\.example\/hubs\/board, /);
    expect(text).toContain("- negotiate: 200, 212 ms");
    write.mockRestore();
  });

  it("shows the run that was clicked on the timeline", async () => {
    const view = await openRuns();
    bench.state.tab.value = "interruptions";
    const recording = bench.state.loaded.value!;
    const layout = createLayout(recording.model.hubs, {
      width: 1280,
      room: 400,
      roomyBelow: 0,
      folds: new Map(),
      first: null,
    });
    const scale = createScale({ from: START, to: NOW }, 1148);
    const place = { x: scale.x(START + 90_000), y: layout.headHeight - 4, layout, hit: null, scale };
    openAt(bench.state, recording, place);
    await waitFor(() => {
      expect(view.getByTestId("doctor-result").dataset["where"]).toBe("between");
    });
  });
});
