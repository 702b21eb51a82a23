import { type HubConnection, HubConnectionBuilder, type IRetryPolicy } from "@microsoft/signalr";
import type { Settings } from "./settings.ts";

/**
 * Somebody looks at the board and waits. As the retries of all clients are spread out, the server can handle one every few
 * seconds.
 */
const longestDelayMilliseconds = 8_000;

/** Exponential backoff with jitter, so that a thousand clients don't reconnect at the same moment. */
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
