/**
 * Makes an action that may be asked for often run once at a time. Who asks while it runs gets a run that began after
 * the asking, shared with everyone else who asked meanwhile.
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
    // One that failed is over, too.
    next = running.then(follow, follow);
    return next;
  };
}
