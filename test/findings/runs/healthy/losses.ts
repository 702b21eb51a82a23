/** Healthy apps: what they do about a loss, and how they end. */
import { setTimeout as pause } from "node:timers/promises";
import type { Situation } from "../../../harness/situation/situation.ts";
import type { AppRun, HealthyRun } from "../../finding-run.ts";
import { cut, first, told, wait } from "../../happenings.ts";
import { afterwards, app, noSockets, say, stateful } from "./plan.ts";

const reload = async ({ page, start }: Situation): Promise<void> => {
  await page.reload();
  await start();
};

/** The server is killed and comes back; clients try all the time. */
const restart =
  (how: "kill" | "stop"): AppRun["happens"] =>
  async (situation) => {
    await situation.restart(how, 300);
    await situation.untilTold("reconnected");
  };

const cutOnly = ({ proxy }: Situation): Promise<void> => {
  proxy.cut();
  return Promise.resolve();
};

export const LOSSES: readonly HealthyRun[] = [
  app({
    name: "event streams only, a loss",
    how: "The same, and the network cuts it",
    app: "board",
    proxied: true,
    before: noSockets,
    happens: first(cut(), told("done", 2), afterwards),
  }),
  app({
    name: "secure hub, a loss",
    how: "The same, and the network cuts it: a new token each time",
    app: "board",
    client: { tokens: ["3600", "3600", "3700"] },
    hub: "/hubs/secure",
    proxied: true,
    happens: first(cut(), told("done", 2), afterwards),
  }),
  app({
    name: "page left and opened again",
    how: "The user reloads the page",
    app: "board",
    happens: first(reload, afterwards),
  }),
  app({
    name: "page left twice",
    how: "The user reloads the page twice, with stateful reconnect on",
    app: "board",
    ...stateful,
    happens: first(reload, wait(300), reload, afterwards),
  }),
  app({
    name: "stopped",
    how: "The app stops its connection when it isn't needed any more",
    app: "board",
    happens: first(({ stop }) => stop(), afterwards),
  }),
  app({
    name: "a short loss",
    how: "The network cuts the connection; the group is joined again, and what was missed is asked for",
    app: "board",
    proxied: true,
    happens: first(cut(), told("done", 2), afterwards),
  }),
  app({
    name: "a short loss, MessagePack",
    how: "The same with MessagePack",
    app: "board",
    client: { protocol: "messagepack" },
    proxied: true,
    happens: first(cut(), told("done", 2), afterwards),
  }),
  app({
    name: "a short loss, client 9",
    how: "The same with version 9",
    app: "board",
    version: "9",
    proxied: true,
    happens: first(cut(), told("done", 2), afterwards),
  }),
  app({
    name: "a short loss while idle",
    how: "An app that only listens is cut and comes back",
    app: "idle",
    proxied: true,
    happens: first(cut(), afterwards),
  }),
  app({
    name: "a short loss of a stream",
    how: "The prices are subscribed to again",
    app: "ticker",
    proxied: true,
    happens: first(told("done"), cut(), told("done", 3)),
  }),
  app({
    name: "a short loss, resumed",
    how: "Stateful reconnect bridges the loss",
    app: "board",
    ...stateful,
    proxied: true,
    happens: first(async ({ proxy, invoke }) => {
      proxy.cut();
      await invoke("Echo", 1);
    }, afterwards),
  }),
  app({
    name: "losses while messages are sent, resumed",
    how: "Stateful reconnect bridges two losses while a user types",
    app: "chat",
    ...stateful,
    proxied: true,
    happens: first(wait(600), cutOnly, wait(900), cutOnly, told("done"), afterwards),
  }),
  app({
    name: "a short loss of two hubs",
    how: "Both connections are cut and come back",
    app: "boardAndChat",
    proxied: true,
    happens: first(cut(), told("reconnected", 1, "one chat"), told("done", 2), afterwards),
  }),
  app({
    name: "server killed",
    how: "kill -9 of the server, which comes back",
    app: "board",
    happens: first(restart("kill"), told("done", 2), afterwards),
  }),
  app({
    name: "server restarted",
    how: "SIGTERM to the server, which comes back",
    app: "idle",
    happens: first(restart("stop"), afterwards),
  }),
  app({
    name: "server asks to reconnect",
    how: "The server closes the connection and allows a reconnect",
    app: "board",
    happens: first(
      ({ control }) => control({ do: "sendClose", allowReconnect: true }),
      told("done", 2),
      afterwards,
    ),
  }),
  app({
    name: "start tried again",
    how: "The server isn't ready at the first start, and the app tries again",
    app: "board",
    async before({ control, begin, untilTold }) {
      await control({ do: "answerNegotiates", status: 503, count: 1 });
      await begin();
      await untilTold("done");
    },
    happens: first(say, afterwards),
  }),
  app({
    name: "offline, and back at once",
    how: "The browser goes offline and the network cuts the connection; the app waits and comes back at once",
    app: "awakeBoard",
    proxied: true,
    only: "chromium",
    happens: first(
      async ({ page, proxy, untilTold }) => {
        await page.startOffline();
        proxy.cut();
        await untilTold("closed");
        await pause(700);
        await page.endOffline();
      },
      told("done", 2),
      afterwards,
    ),
  }),
];
