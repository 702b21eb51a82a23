/** The page of the findings' runs: the apps, and the client alone. */
import "../../harness/clients/page.ts";
import * as bad from "./bad.ts";
import * as good from "./good.ts";
import type { AppSettings } from "./kit.ts";

const APPS = { ...good, ...bad } satisfies Record<
  string,
  (name: string, settings: AppSettings) => Promise<string>
>;

export type AppName = keyof typeof APPS;

declare global {
  interface Window {
    runApp(app: AppName, name: string, settings: AppSettings): Promise<string>;
  }
}

window.runApp = (app, name, settings) => APPS[app](name, settings);
