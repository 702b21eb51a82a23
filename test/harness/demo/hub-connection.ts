import { type HubConnection, HubConnectionBuilder, type IRetryPolicy } from "@microsoft/signalr";
import type { Settings } from "./settings.ts";

/** Somebody looks at the board and waits: with the retries spread out, the server can stand one every few seconds. */
const longestDelayMilliseconds = 8_000;

/** Doubles the delay each time and takes a random part of it, so that a thousand clients don't come back at once. */
const jitteredRetries: IRetryPolicy = {
  nextRetryDelayInMilliseconds: ({ previousRetryCount }) =>
    Math.random() * Math.min(longestDelayMilliseconds, 1_000 * 2 ** previousRetryCount),
};

const soonAndOften = (delay: number): IRetryPolicy => ({
  nextRetryDelayInMilliseconds: ({ previousRetryCount }) => (previousRetryCount === 0 ? 0 : delay),
});

export function buildConnection({ hub, reconnect, jitter, retry }: Settings): HubConnection {
  const builder = new HubConnectionBuilder().withUrl(hub);
  if (reconnect && retry !== undefined) builder.withAutomaticReconnect(soonAndOften(retry));
  else if (reconnect && jitter) builder.withAutomaticReconnect(jitteredRetries);
  else if (reconnect) builder.withAutomaticReconnect();
  return builder.build();
}
