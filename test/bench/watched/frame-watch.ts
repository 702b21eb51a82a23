/** Runs in the panel's document: how far apart its animation frames are. It needs a frame always, also where nothing changes. */

export interface FrameNotes {
  /** Time from one frame to the next, in milliseconds. */
  readonly gaps: readonly number[];
  /** Tasks above 50 ms, by the clock. */
  readonly longTasks: readonly number[];
}

declare global {
  interface Window {
    /** Ends the watching. */
    frameWatch: () => FrameNotes;
  }
}

/** As text: it is evaluated in the document, where a function that was compiled for here may lack its helpers. */
export const WATCH_FRAMES = `{
  const gaps = [];
  const longTasks = [];
  let last = performance.now();
  let going = true;
  const next = () => {
    const t = performance.now();
    gaps.push(t - last);
    last = t;
    if (going) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  });
  observer.observe({ type: "longtask" });
  window.frameWatch = () => {
    going = false;
    observer.disconnect();
    return { gaps, longTasks };
  };
}`;
