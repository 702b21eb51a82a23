/**
 * Wraps an action that may be called often, so that it runs once at a time. Calls during a run share one more run that begins
 * afterwards.
 */
export function oneAtATime(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    const run = action().finally(() => {
      if (running === run) running = null;
    });
    running = run;
    return run;
  };
  return () => {
    if (next) return next;
    if (!running) return begin();
    const follow = (): Promise<void> => {
      next = null;
      return begin();
    };
    // Also after a failed run.
    next = running.then(follow, follow);
    return next;
  };
}
