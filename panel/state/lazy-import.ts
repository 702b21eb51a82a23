/** Loads parts that the panel doesn't need in order to open, in separate chunks: when needed, or when it is idle. */
const loads: (() => Promise<unknown>)[] = [];

/** Registers `load`, which calls `import()`, for the prefetch. */
export function lazyImport<T>(load: () => Promise<T>): () => Promise<T> {
  loads.push(load);
  return load;
}

/** Loads everything in advance. Errors are ignored: they will be shown when the part is needed. */
export async function prefetch(): Promise<void> {
  await Promise.allSettled(loads.map((load) => load()));
}

export function prefetchWhenIdle(): () => void {
  const idle = requestIdleCallback(() => void prefetch(), { timeout: 2_000 });
  return () => {
    cancelIdleCallback(idle);
  };
}
