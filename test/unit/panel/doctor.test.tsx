// @vitest-environment happy-dom
import { fireEvent, waitFor, type RenderResult } from "@testing-library/preact";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { DoctorOrder } from "../../../extension/core/events/doctor-events.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { BOARD_SECONDS, boardRecording } from "../../../panel/fixture/board.ts";
import { doctorRun, withDoctorRuns } from "../../../panel/fixture/doctor.ts";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import { createScale } from "../../../panel/state/time-scale.ts";
import { createLayout } from "../../../panel/timeline/layout.ts";
import { openAt } from "../../../panel/timeline/pointing.ts";
import { panelBench, START } from "./panel-bench.tsx";

const bench = panelBench();
const NOW = START + BOARD_SECONDS * 1_000;
const BEGAN = doctorRun(1, { url: "https://board.example/hubs/board", stay: 0, calls: false })[0]!.event;
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
  view.getByTestId("doctor-run").focus();
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
    for (const id of ["doctor-hub", "doctor-stay", "doctor-calls", "doctor-before"])
      expect(view.queryByTestId(id)).toBeNull();
    expect(view.getByTestId("doctor-run")).toHaveProperty("disabled", true);
  });

  it("tells how long a run takes", async () => {
    const view = await bench.openBoard();
    await openTab(view);
    const time = () => view.getByTestId("doctor-time").textContent;
    expect(time()).toBe("Usually takes 5 to 20 s, plus these 30 s; longer on a slow network.");
    fireEvent.change(view.getByTestId("doctor-stay"), { target: { value: "0" } });
    await waitFor(() => {
      expect(time()).toBe("Usually takes 5 to 20 s; longer on a slow network.");
    });
  });

  it("starts once, however often it is clicked until the run is in the recording", async () => {
    const view = await bench.openBoard();
    let starts = 0;
    bench.source.doctor = () => {
      starts += 1;
      return Promise.resolve(starts === 1 ? { ok: true, fault: 1 } : { ok: false, error: "A run goes on." });
    };
    await openTab(view);
    const status = () => view.getByTestId("doctor-status").textContent;
    fireEvent.click(view.getByTestId("doctor-run"));
    await waitFor(() => {
      expect(status()).toBe("Starting…");
    });
    // The page has answered by now.
    await new Promise((resolve) => setTimeout(resolve));
    fireEvent.click(view.getByTestId("doctor-run"));
    expect([starts, status()]).toEqual([1, "Starting…"]);
    bench.source.append("page-1", [{ ...BEGAN, seq: 1_000_000, t: NOW }]);
    await view.findByTestId("doctor-cancel");
    expect([starts, status()]).toEqual([1, "Running…"]);
    expect(view.queryByText(/A run goes on/)).toBeNull();
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

  it("keeps the focus when a run begins and is cancelled, and says so", async () => {
    const view = await openRunning();
    const button = view.getByTestId("doctor-cancel");
    expect(document.activeElement).toBe(button);
    fireEvent.click(button);
    await view.findByTestId("doctor-early");
    expect(document.activeElement).toBe(view.getByTestId("doctor-run"));
    expect(view.getByTestId("doctor-status").textContent).toBe("Cancelled before it was done.");
  });

  it("keeps the focus when a run ends, and says what came of it", async () => {
    const view = await openRunning();
    const ended = { kind: "doctor-ended", run: 101, reason: "completed" } as const;
    bench.source.append("page-1", [{ ...ended, seq: 1_000_000, t: NOW + 5 }]);
    await view.findByTestId("doctor-result");
    expect(document.activeElement).toBe(view.getByTestId("doctor-run"));
    expect(view.getByTestId("doctor-status").textContent).toContain(
      "A problem between app and server: Something on the way removes the Upgrade header",
    );
  });

  it("takes the second click of a double click for no cancel", async () => {
    const view = await openRunning();
    fireEvent.click(view.getByTestId("doctor-cancel"), { detail: 2 });
    await new Promise((resolve) => setTimeout(resolve));
    expect(view.getByTestId("doctor-status").textContent).toBe("Running…");
  });

  it("folds what it will do, once there is a run", async () => {
    const view = await bench.openBoard();
    await openTab(view);
    expect(view.getByTestId("doctor-before")).toHaveProperty("open", true);
    fireEvent.click(view.getByTestId("doctor-run"));
    await view.findByTestId("doctor-result");
    expect(view.getByTestId("doctor-before")).toHaveProperty("open", false);
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

  it.each([
    [false, /^WebSocket app ?JSON/],
    [true, /^WebSocket without a negotiate app ?JSON/],
  ])("tells a WebSocket without a negotiate from one with (app without: %s)", async (skips, own) => {
    const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    const events = withDoctorRuns(boardRecording(START), START).flatMap((event): RecordedEvent[] => {
      if (event.kind === "doctor") return [{ ...event, skipNegotiation: skips }];
      const isFirst =
        event.kind === "doctor-connect" && event.transport === "WebSockets" && event.protocol === "json";
      return isFirst ? [event, { ...event, skipNegotiation: true }] : [event];
    });
    bench.source.append(
      "page-1",
      events.map((event, i) => ({ ...event, seq: i + 1 })),
      { url: "https://board.example/board" },
    );
    const view = bench.open();
    await openTab(view);
    await view.findByTestId("doctor-result");
    const rows = view.getByRole("group", { name: "Transports and protocols" }).querySelectorAll("tbody tr");
    const marked = [...rows].filter((row) => row.querySelector(".of-app") !== null);
    expect(marked.map(({ textContent }) => textContent)).toEqual([expect.stringMatching(own)]);
    fireEvent.click(view.getByLabelText("Copy as text"));
    const [text] = write.mock.lastCall!;
    expect(text).toMatch(/^- WebSocket, JSON: connected/m);
    expect(text).toMatch(/^- WebSocket without a negotiate, JSON: connected/m);
    write.mockRestore();
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
