/** The environment of fault runs: a browser, a hub server, a page with clients. */
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { serveClients, type ServedClients } from "../../harness/clients/serve.ts";
import type { RunningHub } from "../../harness/hubs/running-hub.ts";
import type { BrowserName } from "../../harness/browser/index.ts";
import { globals } from "../../harness/globals.ts";
import { describeBrowsers, describeRealHub } from "../../harness/stage.ts";
import { FaultRun, NAMES, type ClientName } from "./fault-run.ts";

export { NAMES };
export const ALL = Object.keys(NAMES) as (keyof typeof NAMES)[];
export const TIMED_OUT =
  /^reconnecting Server timeout elapsed without receiving a message from the server\.$/;

export interface Scene {
  readonly browser: BrowserName;
  readonly run: FaultRun;
  /** The page's globals before the first fault. */
  readonly before: string;
  hub(): RunningHub;
  /** Waits until these clients have reconnected, and checks the app's callbacks: first `told`, then "reconnected". */
  reconnect(names: readonly ClientName[], told?: RegExp): Promise<void>;
  /** Waits for the end of the fault, and checks that the page's globals are as before. */
  clean(fault: number, reason?: string): Promise<void>;
}

export function describeScene(define: (scene: Scene) => void): void {
  describeBrowsers("fault runs", (stage) => {
    describeRealHub((hub) => {
      let clients: ServedClients;
      let run: FaultRun;
      let before = "";
      beforeAll(async () => {
        clients = await serveClients();
        run = await FaultRun.open(stage, clients.url("10"), hub().url);
        // Even a rejected fault loads the fault script.
        await run.inject({ name: "abrupt-loss", target: { scope: "hub", url: "http://nowhere.test/" } });
        before = await globals(run.page);
      });
      beforeEach(() => run.fresh());
      afterAll(async () => {
        await run.page.close();
        await run.reader.close();
        await clients.stop();
      });
      define({
        browser: stage.name,
        get run() {
          return run;
        },
        get before() {
          return before;
        },
        hub,
        async reconnect(names, told = /^reconnecting/) {
          for (const name of names) {
            await run.untilTold(name, "reconnected");
            const [lost = "", back = ""] = await run.told(name);
            expect(lost).toMatch(told);
            expect(back).toMatch(/^reconnected/);
          }
        },
        async clean(fault, reason = "completed") {
          expect(await run.over(fault)).toBe(reason);
          expect(await globals(run.page)).toBe(before);
        },
      });
    });
  });
}
