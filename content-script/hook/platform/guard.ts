/**
 * Runs our own code so that an error of it never reaches the page. What is caught is counted and told to the recording
 * as a drop: something wasn't recorded.
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
