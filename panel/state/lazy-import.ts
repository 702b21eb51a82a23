/** What the panel can do without when it opens: chunks of their own, loaded when needed or when there is time. */
const loads: (() => Promise<unknown>)[] = [];

/** `load` with its `import()`, which the prefetch will call too. */
export function lazyImport<T>(load: () => Promise<T>): () => Promise<T> {
  loads.push(load);
  return load;
}

/** Loads everything, so that nobody waits later. What fails now fails again, visibly, when it is needed. */
export async function prefetch(): Promise<void> {
  await Promise.allSettled(loads.map((load) => load()));
}

export function prefetchWhenIdle(): () => void {
  const idle = requestIdleCallback(() => void prefetch(), { timeout: 2_000 });
  return () => {
    cancelIdleCallback(idle);
  };
}
