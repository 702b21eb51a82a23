/** What `bench:hook` and `bench:watched` do with the page that they measure (`page.ts`). */
import type { Page } from "puppeteer-core";
import { rendererOf } from "../chromium.ts";
import type { Traffic } from "./cases.ts";
import type {} from "./page-api.ts";

/** This part of a case's messages is sent before it is measured. */
const WARM_UP = 0.1;

export const connect = (
  page: Page,
  { protocol, transport }: Pick<Traffic, "protocol" | "transport">,
): Promise<void> => page.evaluate((how) => window.bench.connect(how), { protocol, transport });

export const run = (page: Page, traffic: Traffic): Promise<{ elapsed: number; call?: number }> =>
  page.evaluate((what) => window.bench.run(what), traffic);

/** @param pid the browser's. @returns the process of the page */
export const findRenderer = (pid: number, page: Page): Promise<number> =>
  rendererOf(pid, (milliseconds) =>
    page.evaluate((ms) => {
      window.bench.burn(ms);
    }, milliseconds),
  );

export function warmUpOf<T extends Traffic>(traffic: T): T {
  const messages = Math.ceil(traffic.messages * WARM_UP);
  return { ...traffic, messages, perFrame: Math.min(traffic.perFrame, messages) };
}
