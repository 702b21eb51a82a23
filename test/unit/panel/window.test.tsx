// @vitest-environment happy-dom
import { fireEvent, waitFor } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { BOARD_SECONDS, boardRecording } from "../../../panel/fixture/board.ts";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import type { PanelSource } from "../../../panel/state/source.ts";
import { panelBench, START } from "./panel-bench.tsx";

const bench = panelBench();

const placeAt = (place: PanelSource["place"]): void => {
  bench.source = createMemorySource({ place, now: () => START + BOARD_SECONDS * 1000 });
};
const suspendTitle = (): string | null =>
  document.querySelector('[data-testid="suspend"]')?.getAttribute("title") ?? null;

describe("a panel whose tab is closed", () => {
  it("says so, shows the recording, breaks nothing more, and is no longer open for the tab", async () => {
    const released = vi.fn();
    bench.source.hold = () => released;
    const view = await bench.openBoard();
    expect(bench.state.isLive.value).toBe(true);
    bench.source.loseTab("tab-closed");
    await waitFor(() => {
      expect(view.getByTestId("ended-banner").textContent).toContain("The tab was closed.");
    });
    expect(bench.state.isLive.value).toBe(false);
    expect(suspendTitle()).toBe("The tab was closed: there is no page to be broken.");
    expect(view.getByTestId("interruption-card")).toBeTruthy();
    expect(released).toHaveBeenCalled();
    expect(bench.state.closing.aborted).toBe(true);
  });

  it("without a recording offers no reload", async () => {
    const view = bench.open();
    await view.findByTestId("reload-page");
    bench.source.loseTab("tab-closed");
    await waitFor(() => {
      expect(view.getByTestId("empty-state").textContent).toContain("The tab was closed");
    });
    expect(view.queryByTestId("reload-page")).toBeNull();
  });
});

describe("a panel whose page can't be reached", () => {
  it("says so, and takes it back when the page was only slow", async () => {
    const view = await bench.openBoard();
    bench.source.loseTab("unreachable");
    await waitFor(() => {
      expect(view.getByTestId("ended-banner").textContent).toContain("it crashed, or ended without notice");
    });
    expect(bench.state.isLive.value).toBe(false);
    expect(suspendTitle()).toContain("can't be reached");
    bench.receivePing();
    await waitFor(() => {
      expect(bench.state.isLive.value).toBe(true);
    });
  });

  it("doesn't say so of a tab that the browser has discarded", async () => {
    await bench.openBoard();
    bench.source.loseTab("discarded");
    bench.source.loseTab("unreachable");
    expect(bench.state.ending.value?.why).toBe("discarded");
  });
});

describe("a panel whose tab the browser discards", () => {
  it("says so, and shows the page that the tab loads when it comes back", async () => {
    const view = await bench.openBoard();
    bench.source.loseTab("discarded");
    await waitFor(() => {
      expect(view.getByTestId("ended-banner").textContent).toContain("The browser discarded this tab");
    });
    expect(suspendTitle()).toContain("discarded");
    bench.source.append("page-2", boardRecording(START + 9e5), { url: "https://board.example/again" });
    await waitFor(() => {
      expect(bench.state.shown.value?.id).toBe("page-2");
      expect(bench.state.isLive.value).toBe(true);
    });
    expect(view.queryByTestId("ended-banner")).toBeNull();
  });
});

describe("the words on where to watch", () => {
  it("offer the window in DevTools", async () => {
    placeAt("devtools");
    const opened = vi.spyOn(bench.source, "openWindow");
    const view = bench.open();
    fireEvent.click(await view.findByTestId("open-window"));
    expect(opened).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["devtools", "close DevTools"],
    ["window", "leaves the tab as your users have it"],
  ] as const)("are in the settings of a panel in %s", async (place, words) => {
    placeAt(place);
    const view = await bench.openBoard();
    fireEvent.click(view.getByTestId("settings"));
    expect((await view.findByRole("dialog")).textContent).toContain(words);
    expect(view.queryByTestId("open-window") !== null).toBe(place === "devtools");
  });

  it("are absent in a plain page", async () => {
    const view = bench.open();
    expect((await view.findByTestId("empty-state")).textContent).not.toContain("DevTools or a window");
  });
});
