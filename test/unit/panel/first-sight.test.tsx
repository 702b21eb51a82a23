// @vitest-environment happy-dom
import { packEvents } from "../../../extension/core/columns/event-block.ts";
import { fireEvent, waitFor, within, type RenderResult } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { manyRecording } from "../../../panel/fixture/many.ts";
import { goToMessage } from "../../../panel/state/messages/go-to-message.ts";
import { panelBench, START } from "./panel-bench.tsx";

const bench = panelBench();

function openMany(count: number): RenderResult {
  bench.source.append("page-1", manyRecording(START, count), { url: "https://board.example/many" });
  return bench.open();
}

const heightOf = (element: HTMLElement): number => Number.parseFloat(element.style.height);

describe("the panel's first view", () => {
  it("shows the timeline in a panel of 250 px, the default of docked DevTools (it was collapsed)", async () => {
    bench.size.height = 222;
    const view = await bench.openBoard();
    const timeline = view.getByTestId("timeline");
    expect(heightOf(timeline)).toBeGreaterThan(110);
    expect(heightOf(timeline)).toBeLessThan(222 - 28 - 40);
    expect(view.queryByTestId("overview")).toBeNull();
  });

  it("gives one line to the pane while there are no interruptions, and the remaining height to the timeline", async () => {
    bench.size.height = 692;
    const view = openMany(1);
    // While the recording is being read, the line says so.
    await waitFor(() => {
      expect(view.getByTestId("no-interruptions").textContent).toContain("No interruptions yet.");
    });
    const line = view.getByTestId("no-interruptions");
    expect(heightOf(view.getByTestId("timeline"))).toBe(692 - 28 - 32 - 28 + 1);
    bench.source.append("page-2", []);
    fireEvent.click(within(line).getByRole("button", { name: "Inject a fault" }));
    await waitFor(() => {
      expect(view.getByTestId("tab-faults").getAttribute("aria-selected")).toBe("true");
    });
  });

  it("collapses all groups to one line each and expands them again", async () => {
    const view = openMany(4);
    await view.findByTestId("interruption-card");
    const folded = (): (string | undefined)[] =>
      view.getAllByTestId("hub-group").map((group) => group.dataset["folded"]);
    fireEvent.click(view.getByRole("button", { name: "Collapse all connections" }));
    await waitFor(() => {
      expect(folded()).toEqual(["true", "true", "true", "true"]);
    });
    fireEvent.click(view.getByRole("button", { name: "Expand all connections" }));
    await waitFor(() => {
      expect(folded()).toEqual(["false", "false", "false", "false"]);
    });
  });

  it("scrolls to the connection of a selected interruption or message (the third of four was hidden)", async () => {
    const view = openMany(20);
    await view.findByTestId("interruption-card");
    const scroller = view.getByTestId("lanes-scroll");
    // The newest interruption is on the last connection.
    await waitFor(() => {
      expect(scroller.scrollTop).toBeGreaterThan(100);
    });
    const rows = view.getAllByTestId("interruption-row");
    fireEvent.click(rows.find((row) => row.dataset["path"] === "/hubs/room-2")!);
    await waitFor(() => {
      expect(scroller.scrollTop).toBeLessThan(44);
    });
    const { loaded, messages, selection } = bench.state;
    const last = loaded.value!.model.hubs.at(-2)!;
    goToMessage(bench.state, START + 50_000, last.key);
    expect(messages.context.value!.hubOfRow(selection.message.value!.row)!.key).toBe(last.key);
    await waitFor(() => {
      expect(scroller.scrollTop).toBeGreaterThan(100);
      const group = view.getAllByTestId("hub-group").find((one) => one.dataset["key"] === last.key)!;
      expect(group.dataset["folded"]).toBe("false");
    });
  });

  it("scrolls to the connection of a fault from the list of injected faults", async () => {
    const view = openMany(20);
    await view.findByTestId("interruption-card");
    const { hubs } = bench.state.loaded.value!.model;
    const last = hubs.at(-1)!;
    const { seq, t } = manyRecording(START, 20).at(-1)!;
    const command = {
      name: "abrupt-loss",
      target: { scope: "connection", socket: last.transports.at(-1)!.socket },
    } as const;
    bench.source.append("page-1", [{ kind: "fault", fault: 1, command, seq: seq + 1, t: t + 1 }]);
    const top = (): number => view.getByTestId("lanes-scroll").scrollTop;
    fireEvent.click(
      view.getAllByTestId("interruption-row").find((row) => row.dataset["path"] === "/hubs/room-2")!,
    );
    await waitFor(() => {
      expect(top()).toBeLessThan(44);
    });
    fireEvent.click(view.getByTestId("tab-faults"));
    const fault = await view.findByTestId("fault-done");
    // On this tab the timeline is collapsed until it is needed.
    expect(view.queryByTestId("timeline")).toBeNull();
    fireEvent.click(within(fault).getByTitle("Show on the timeline"));
    await waitFor(() => {
      expect(top()).toBeGreaterThan(100);
    });
  });

  it("exposes the splitter's real value, and moves from the shown height", async () => {
    const view = await bench.openBoard();
    const splitter = view.getByTestId("splitter");
    const timeline = view.getByTestId("timeline");
    const value = (): number => Number(splitter.getAttribute("aria-valuenow"));
    expect(value()).toBe(heightOf(timeline) - 1);
    const before = value();
    fireEvent.keyDown(splitter, { key: "ArrowDown" });
    await waitFor(() => {
      expect(value()).toBe(before + 16);
    });
    expect(heightOf(timeline)).toBe(before + 17);
    fireEvent.dblClick(splitter);
    await waitFor(() => {
      expect(value()).toBe(before);
    });
  });

  it("shows the reading progress, and never claims meanwhile that there are no interruptions", async () => {
    const events = manyRecording(START, 1);
    bench.source.append("page-1", events, { url: "https://board.example/many" });
    let goOn: () => void = () => undefined;
    const wait = new Promise<void>((resolve) => (goOn = resolve));
    bench.source.readBlocks = async function* () {
      yield packEvents(events.slice(0, events.length / 2)).block;
      await wait;
      yield packEvents(events.slice(events.length / 2)).block;
    };
    const view = bench.open();
    const pane = await view.findByTestId("no-interruptions");
    expect(pane.textContent).toMatch(/^Reading the recording… (49|50)%$/);
    expect(view.getByTestId("panel").textContent).not.toContain("No interruptions yet");
    goOn();
    await waitFor(() => {
      expect(pane.textContent).toContain("No interruptions yet");
    });
    expect(view.queryByTestId("reading")).toBeNull();
  });
});
