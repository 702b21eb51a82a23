// @vitest-environment happy-dom
/** What the panel shows of a connection that hangs, with a clock of the test. */
import { signal } from "@preact/signals";
import { fireEvent } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Watched } from "../../../extension/core/diagnosis/hang.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import type { LoadedRecording } from "../../../panel/state/loaded-recording.ts";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import { watchHangs } from "../../../panel/state/watch-hangs.ts";
import { script, START, type EventScript } from "../core/event-script.ts";
import { panelBench } from "./panel-bench.tsx";

/** From 1 s on it waits for the upgrade of its WebSocket. */
const hanging = () =>
  script()
    .at(0)
    .page()
    .hub()
    .state("Disconnected", "Connecting")
    .at(1_000)
    .negotiate(1, "a")
    .connecting(1, 1);

describe("the panel", () => {
  const bench = panelBench();

  const openAt = (ms: number) => {
    bench.source = createMemorySource({ now: () => START + ms });
    bench.source.append("p", hanging().events, { url: "https://board.example/", hubs: 1 });
    return bench.open();
  };

  it("says after 5 s what the connection waits for, where it said that there are no interruptions", async () => {
    const view = openAt(13_000);
    expect((await view.findByTestId("waiting")).textContent).toBe(
      "Waiting for the upgrade of the WebSocket, 12 s",
    );
    expect((await view.findByTestId("waiting-now")).textContent).toContain(
      "/hubs/board: waiting for the upgrade of the WebSocket, 12 s",
    );
    expect(view.queryByTestId("hang-row")).toBeNull();
  });

  it("offers to show that connection, where it offers to inject a fault while all is well", async () => {
    const view = openAt(13_000);
    await view.findByTestId("waiting-now");
    expect(view.queryByText("Inject a fault")).toBeNull();
    fireEvent.click(view.getByText("Show connection"));
    expect((await view.findByTestId("connection-details")).textContent).toContain(
      "Waiting for the upgrade of the WebSocket, 12 s",
    );
  });

  it("counts what waits and what hangs in the summary of a report, until now", async () => {
    const view = openAt(13_000);
    await view.findByTestId("waiting-now");
    fireEvent.click(view.getByTestId("tab-report"));
    expect((await view.findByTestId("waiting-at-end")).textContent).toBe(
      "/hubs/board has been waiting for the upgrade of the WebSocket for 12 s.",
    );
    expect(figuresOf(view.container)).toContain("1 waiting connection");
  });

  it("lists it as a finding with evidence and advice once client or server would give up", async () => {
    const view = openAt(43_000);
    expect((await view.findByTestId("hang-row")).textContent).toContain("Upgrade hangs");
    const card = await view.findByTestId("hang-card");
    expect(card.dataset).toMatchObject({ cause: "hanging", confidence: "medium", outcome: "waiting" });
    expect(card.textContent).toContain("Waiting for the upgrade of the WebSocket, 42 s");
    expect(card.textContent).toContain("waiting for the upgrade of the WebSocket, 42 s");
    expect(view.getByTestId("obstacle-advice").textContent).toContain("ws: true");
    expect(view.getByTestId("tab-interruptions").textContent).toContain("1");
    expect(view.queryByTestId("no-interruptions")).toBeNull();
  });
});

const figuresOf = (root: ParentNode): string[] =>
  [...root.querySelectorAll(".figure")].map(({ children }) =>
    [...children].map(({ textContent }) => textContent).join(" "),
  );

describe("the report", () => {
  const reportOn = (events: EventScript): string =>
    writeHtmlReport(events.reduce(), { hubscope: "1", style: "", exportedAt: START });
  const openUntil = (ms: number): EventScript => hanging().at(ms).add({ kind: "still-open" });
  const headOf = (report: string): string[] => {
    return figuresOf(new DOMParser().parseFromString(report, "text/html"));
  };

  it("tells of a hang, until when it was watched, and counts it in its head", () => {
    const report = reportOn(openUntil(41_000));
    expect(report).toContain("Waiting for the upgrade of the WebSocket, 40 s");
    expect(report).toContain("ws: true");
    expect(report).toContain("and hangs");
    expect(headOf(report)).toEqual(expect.arrayContaining(["0 interruptions", "1 hanging connection"]));
    expect(headOf(report).join()).not.toContain("without a connection");
  });

  it("tells what a connection waits for before that counts as a hang", () => {
    const report = reportOn(openUntil(8_000));
    expect(headOf(report)).toContain("1 waiting connection");
    expect(report).toContain(" has been waiting for the upgrade of the WebSocket for 7 s.");
    expect(report).not.toContain("None in this recording");
    expect(headOf(reportOn(openUntil(4_000)))).not.toContain("1 waiting connection");
  });

  it("says how the page was opened only where that is known, as of a worker it isn't", () => {
    expect(reportOn(openUntil(8_000))).toMatch(/Opened [^<(]*\(navigate\)\. /);
    const { events } = openUntil(8_000);
    const ofWorker = script();
    for (const event of events)
      ofWorker.add(event.kind === "page" ? { ...event, navigation: "unknown" } : event);
    expect(reportOn(ofWorker)).toMatch(/Opened [^<(]*[^<( ]\. /);
  });

  it("counts a hang that ended, too", () => {
    const events = hanging().at(41_000).add({ kind: "socket-opened", socket: 1 });
    events.add({ kind: "handshake", socket: 1, direction: "in" }).state("Connecting", "Connected", "a");
    expect(headOf(reportOn(events))).toContain("1 hang that ended");
  });
});

describe("the watch", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  const watching = () => {
    vi.useFakeTimers({ now: START + 1_000 });
    const reducer = createReducer();
    reducer.apply("p", hanging().events);
    const recording = { model: reducer.model, version: signal(1) } as unknown as LoadedRecording;
    const watched = signal<Watched>({ waiting: [], hangs: [] });
    const isLive = signal(true);
    const stop = watchHangs(watched, signal<LoadedRecording | null>(recording), isLive, Date.now);
    return { watched, isLive, stop };
  };

  it("notices a hang without any event, and stops with the recording", () => {
    const { watched, isLive, stop } = watching();
    vi.advanceTimersByTime(4_000);
    expect(watched.value.waiting).toEqual([]);
    vi.advanceTimersByTime(2_000);
    expect(watched.value.waiting).toMatchObject([{ wait: { step: "upgrade" } }]);
    vi.advanceTimersByTime(10_000);
    expect(watched.value.hangs).toMatchObject([{ outcome: "waiting" }]);
    isLive.value = false;
    const { total } = watched.value.hangs[0]!;
    vi.advanceTimersByTime(60_000);
    expect(watched.value.hangs).toMatchObject([{ total }]);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("doesn't count the time in which the computer slept", () => {
    const { watched, stop } = watching();
    vi.advanceTimersByTime(2_000);
    vi.setSystemTime(START + 3_600_000);
    vi.advanceTimersByTime(1_000);
    expect(watched.value).toEqual({ waiting: [], hangs: [] });
    vi.advanceTimersByTime(4_000);
    expect(watched.value.waiting).toHaveLength(1);
    stop();
  });
});
