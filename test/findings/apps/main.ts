/** The page of the findings' runs: the apps, and the client alone. */
import "../../harness/clients/page.ts";
import {
  plain,
  watched,
  heavy,
  poller,
  heartbeat,
  joinsOnce,
  handlesTwice,
  connectionPerPart,
  ownLoop,
} from "./bad.ts";
import {
  board,
  idle,
  ticker,
  chat,
  streams,
  flooded,
  answers,
  boardAndChat,
  form,
  awakeBoard,
} from "./good.ts";
import type { AppSettings } from "./kit.ts";

const APPS = {
  board,
  idle,
  ticker,
  chat,
  streams,
  flooded,
  answers,
  boardAndChat,
  form,
  awakeBoard,
  plain,
  watched,
  heavy,
  poller,
  heartbeat,
  joinsOnce,
  handlesTwice,
  connectionPerPart,
  ownLoop,
} satisfies Record<string, (name: string, settings: AppSettings) => Promise<string>>;

export type AppName = keyof typeof APPS;

declare global {
  interface Window {
    runApp(app: AppName, name: string, settings: AppSettings): Promise<string>;
  }
}

window.runApp = (app, name, settings) => APPS[app](name, settings);
