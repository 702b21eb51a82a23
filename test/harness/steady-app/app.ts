/** An app that does what Microsoft advises, or with `careless` nothing of it. Its settings are in the page. */
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import type { SteadyAppSettings } from "./serve.ts";

declare const settings: SteadyAppSettings & { readonly token: string };

/** The first retry comes soon, all of them at different times, and none is the last. */
const LONGEST = 1_000;
const soon = (): number => 100 + Math.random() * (LONGEST - 100);

const builder = new HubConnectionBuilder()
  .configureLogging(LogLevel.None)
  .withUrl(settings.hub, { accessTokenFactory: () => settings.token });
if (!settings.careless) builder.withAutomaticReconnect({ nextRetryDelayInMilliseconds: soon });
const connection = builder.build();
connection.serverTimeoutInMilliseconds = 3_000;
connection.keepAliveIntervalInMilliseconds = 1_000;

/** What has to be done with each new connection id. */
const subscribe = (): Promise<unknown> => connection.invoke("Echo", "subscribed");

async function start(): Promise<void> {
  try {
    await connection.start();
    await subscribe();
  } catch {
    if (!settings.careless) setTimeout(() => void start(), soon());
  }
}

connection.onreconnected(() => void subscribe().catch(() => undefined));
connection.onclose(() => {
  if (!settings.careless) setTimeout(() => void start(), soon());
});
void start();
