/** One animation frame for all drawings: each is drawn once per frame, however often something changes. */

export interface Scheduler {
  /** Draws in the next frame; several requests draw once. */
  ask(draw: () => void): void;
  cancel(draw: () => void): void;
}

export function createScheduler(
  request: (callback: () => void) => number = requestAnimationFrame,
  now: () => number = () => performance.now(),
): Scheduler & { readonly lastDuration: () => number } {
  const waiting = new Set<() => void>();
  let frame: number | null = null;
  let last = 0;
  const run = (): void => {
    frame = null;
    const began = now();
    const draws = [...waiting];
    waiting.clear();
    for (const draw of draws) draw();
    last = now() - began;
  };
  return {
    ask(draw) {
      waiting.add(draw);
      frame ??= request(run);
    },
    cancel(draw) {
      waiting.delete(draw);
    },
    lastDuration: () => last,
  };
}

export const frames: Scheduler = createScheduler((callback) => requestAnimationFrame(callback));
