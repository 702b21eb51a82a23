/** `hubscope/puppeteer`. */
import type { HubscopePage } from "./hubscope-page.ts";
import { installIn } from "./install.ts";

export type { HubscopePage } from "./hubscope-page.ts";

/** What is needed of Puppeteer's `Page`, of any version. */
export interface PuppeteerPage {
  evaluateOnNewDocument(source: string): Promise<unknown>;
  exposeFunction(name: string, call: (text: string) => void): Promise<unknown>;
  evaluate(expression: string): Promise<unknown>;
}

/**
 * Puts Hubscope into every document that this page opens from now on. `run()` waits for the end of a scenario: launch the browser with
 * a `protocolTimeout` that is longer.
 */
export const install = (page: PuppeteerPage): Promise<HubscopePage> =>
  installIn({
    addScript: (source) => page.evaluateOnNewDocument(source),
    expose: (name, call) => page.exposeFunction(name, call),
    evaluate: (expression) => page.evaluate(expression),
  });
