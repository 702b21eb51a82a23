/** Healthy apps: what they say and hear. */
import type { HealthyRun } from "../../finding-run.ts";
import { first, told, wait } from "../../happenings.ts";
import { afterwards, app, say, stateful } from "./plan.ts";

export const TRAFFIC: readonly HealthyRun[] = [
  app({ name: "board", how: "Group joined, some messages", app: "board", happens: first(say, afterwards) }),
  app({
    name: "board, MessagePack",
    how: "The same with MessagePack",
    app: "board",
    client: { protocol: "messagepack" },
    happens: first(say, afterwards),
  }),
  app({
    name: "board, stateful",
    how: "Stateful reconnect on",
    app: "board",
    ...stateful,
    happens: afterwards,
  }),
  app({ name: "idle", how: "Only listens", app: "idle", happens: wait(1_500) }),
  app({ name: "ticker", how: "A stream of prices", app: "ticker", happens: told("done", 2) }),
  app({
    name: "ticker, MessagePack",
    how: "A stream of prices in MessagePack",
    app: "ticker",
    client: { protocol: "messagepack" },
    happens: told("done", 2),
  }),
  app({
    name: "chat",
    how: "A user types twelve messages",
    app: "chat",
    happens: first(told("done"), afterwards),
  }),
  app({
    name: "chat, MessagePack",
    how: "The same with MessagePack",
    app: "chat",
    client: { protocol: "messagepack" },
    happens: first(told("done"), afterwards),
  }),
  app({
    name: "streams",
    how: "A stream of thirty items that ends",
    app: "streams",
    happens: first(told("done"), afterwards),
  }),
  app({
    name: "many small messages",
    how: "Three times 150 messages at once",
    app: "flooded",
    happens: first(told("done"), afterwards),
  }),
  app({
    name: "many small messages, stateful",
    how: "The same with stateful reconnect on",
    app: "flooded",
    ...stateful,
    happens: first(told("done"), afterwards),
  }),
  app({
    name: "client results",
    how: "The server asks the client, which answers",
    app: "answers",
    happens: first(told("done"), afterwards),
  }),
  app({ name: "form", how: "A few calls of a user", app: "form", happens: first(told("done"), afterwards) }),
  app({
    name: "two hubs",
    how: "A board and a chat, each with its own hub",
    app: "boardAndChat",
    happens: first(say, afterwards),
  }),
  app({
    name: "errors handled",
    how: "A hub method throws a HubException, which the app shows",
    app: "form",
    happens: first(async ({ invoke }) => {
      await invoke("Fail", "The board is full.").catch(() => undefined);
    }, afterwards),
  }),
];
