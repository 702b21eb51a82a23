/** A browser with the panel in a window of its own, as `bench:panel` needs it. */
import type { TestPage } from "../../harness/browser/index.ts";
import type { Task } from "./watch-api.ts";

export interface Turn {
  readonly deltaX: number;
  readonly deltaY: number;
}

export interface MeasuredPanel {
  readonly page: TestPage;
  /** Turns the wheel over a point of the panel, once a frame. */
  wheel(at: { readonly x: number; readonly y: number }, turns: readonly Turn[]): Promise<void>;
  /** @returns the tasks of the panel's main thread while `act` ran, in the time of the document that is shown at its end */
  tasksDuring(act: () => Promise<void>): Promise<Task[]>;
  /** Memory of the panel and its workers after garbage collection, in bytes; null: the browser doesn't tell. */
  heap(): Promise<number | null>;
  close(): Promise<void>;
}

export interface PanelBrowser {
  version(): Promise<string>;
  /** Opens a tab with this page, and the panel for it. */
  openPanel(url: string): Promise<MeasuredPanel>;
  close(): Promise<void>;
}

export const PANEL_SIZE = { width: 1280, height: 720 };
