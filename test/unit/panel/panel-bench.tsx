/** Renders the whole panel with a data source in memory, anew for each test, with all lazy parts loaded. */
import { cleanup, render, type RenderResult } from "@testing-library/preact";
import { afterEach, beforeAll, beforeEach, vi } from "vitest";
import { BOARD_SECONDS, boardRecording } from "../../../panel/fixture/board.ts";
import { prefetch } from "../../../panel/state/lazy-import.ts";
import { createMemorySource, type MemorySource } from "../../../panel/state/memory-source.ts";
import { createPanelState, type PanelState } from "../../../panel/state/panel-state.ts";
import { App } from "../../../panel/app/app.tsx";

export const START = new Date(2026, 10, 24, 10, 42, 7).getTime();

export interface PanelBench {
  source: MemorySource;
  state: PanelState;
  /** The size that every element reports, as happy-dom has no layout: that of the panel, at first 1280 × 720. */
  size: { width: number; height: number };
  open(): RenderResult;
  /** Opens the panel with the recording of the board. */
  openBoard(): Promise<RenderResult>;
  /** Adds one more message on the board's newest socket. */
  receivePing(): void;
}

export function panelBench(): PanelBench {
  const bench = {
    open() {
      bench.state = createPanelState(bench.source);
      return render(<App state={bench.state} />);
    },
    async openBoard() {
      bench.source.append("page-1", boardRecording(START), { url: "https://board.example/board" });
      const view = bench.open();
      await view.findByTestId("interruption-card");
      await view.findByTestId("counters");
      return view;
    },
    receivePing() {
      const board = boardRecording(START);
      const { socket } = board.findLast((event) => event.kind === "socket")!;
      const ping = { kind: "message", socket, direction: "in", type: 6, size: 11 } as const;
      bench.source.append("page-1", [{ ...ping, seq: board.at(-1)!.seq + 1, t: bench.source.now() + 10 }]);
    },
  } as PanelBench;
  beforeAll(async () => {
    vi.stubGlobal("requestIdleCallback", () => 0);
    vi.stubGlobal("cancelIdleCallback", () => undefined);
    for (const [name, side] of [
      ["clientWidth", "width"],
      ["clientHeight", "height"],
    ] as const)
      Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => bench.size[side] });
    await prefetch();
  });
  beforeEach(() => {
    bench.size = { width: 1280, height: 720 };
    bench.source = createMemorySource({ now: () => START + BOARD_SECONDS * 1000 });
  });
  afterEach(() => {
    bench.state.dispose();
    cleanup();
  });
  return bench;
}
