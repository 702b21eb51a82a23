import type { TestPage } from "./browser/index.ts";

/**
 * Runs an action that turns payload recording on for a page with SignalR (such as opening its panel), and waits until the
 * page's hook has received that. The relay notifies the hook first and then loads the fault script, which wraps the page's
 * timers: a sign to wait for.
 */
export async function turnPayloadsOn<T>(page: TestPage, act: () => Promise<T>): Promise<T> {
  await page.evaluate(() => {
    window.timerBefore = window.setTimeout;
  });
  const done = await act();
  await page.waitFor(
    "the hook to be notified that payloads are wanted",
    () => window.timerBefore !== window.setTimeout,
  );
  return done;
}

declare global {
  interface Window {
    timerBefore: typeof setTimeout;
  }
}
