import type { TestPage } from "./browser/index.ts";

/**
 * Does what makes payloads wanted of a page with SignalR (opens its panel, chooses its site), and waits until the page's hook has
 * heard of it. The relay tells the hook first, and then has the faults' script loaded, which wraps the page's timers.
 */
export async function turnPayloadsOn<T>(page: TestPage, act: () => Promise<T>): Promise<T> {
  await page.evaluate(() => {
    window.timerBefore = window.setTimeout;
  });
  const done = await act();
  await page.waitFor(
    "the page to hear that payloads are wanted",
    () => window.timerBefore !== window.setTimeout,
  );
  return done;
}

declare global {
  interface Window {
    timerBefore: typeof setTimeout;
  }
}
