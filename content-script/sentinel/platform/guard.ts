/**
 * Runs our own code so that its errors never reach the page. A caught error is recorded as a `dropped` event: something wasn't
 * recorded.
 */
let reported: (count: number) => void = () => undefined;

export function onGuardedError(report: (count: number) => void): void {
  reported = report;
}

export function guarded(run: () => void): void {
  try {
    run();
  } catch {
    reported(1);
  }
}
