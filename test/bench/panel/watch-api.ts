/** What the bench's script in the panel's page notes. All times are of the page's clock: milliseconds since its navigation. */

/** What a user sees of the panel's progress. Noted whenever it changes. */
export interface Sight {
  readonly t: number;
  /** The panel is there, and shows a recording or that there is none. */
  readonly ready: boolean;
  /** Something is being read, opened or filtered. */
  readonly busy: boolean;
  /** The list of messages shows how far filtering is. */
  readonly progress: boolean;
  /** The number of messages that the toolbar shows; null: none yet. */
  readonly messages: number | null;
  /** How many messages the filter has found, as it is shown, "…" until it has found any; empty: there is no filter. */
  readonly hits: string;
}

/** A span of time in which the main thread did nothing else. */
export interface Task {
  readonly from: number;
  readonly to: number;
  /** Of that the thread's own time, without waiting for a processor, if the browser tells. */
  readonly cpu?: number;
}

/** An input of the user: a file was chosen, or the filter was changed. */
export interface Input {
  readonly kind: "file" | "filter";
  readonly t: number;
}

/** All callbacks of one animation frame: the timeline and the overview are drawn in them. */
export interface Frame {
  readonly t: number;
  readonly duration: number;
}

export interface Notes {
  readonly now: number;
  readonly sights: readonly Sight[];
  readonly inputs: readonly Input[];
  readonly frames: readonly Frame[];
  /** When lanes of a hub connection were first on the timeline's canvas. */
  readonly timeline: number | null;
  /** Gaps between the beats of a timer; only where the browser has no better way to tell long tasks. */
  readonly gaps: readonly Task[];
}

export interface PanelWatch {
  notes(): Notes;
  /** Forgets all but what is seen now. */
  restart(): void;
}

declare global {
  interface Window {
    panelWatch: PanelWatch;
  }
}

/** `performance.mark` with it at the end makes a trace comparable with the page's clock, and shows that the trace is whole. */
export const CLOCK_MARK = "bench:clock";
