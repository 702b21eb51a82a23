import type { Snippet } from "../finding.ts";

/** A retry policy that never gives up, waits at most 30 s, and differs from client to client ("full jitter"). */
export const policySnippet = (path: string): Snippet => ({
  language: "ts",
  code: `new signalR.HubConnectionBuilder()
  .withUrl(${JSON.stringify(path)})
  .withAutomaticReconnect({
    // Up to 1, 2, 4, 8, … s, at most 30 s. It never returns null, so the client never gives up.
    nextRetryDelayInMilliseconds: ({ previousRetryCount }) =>
      Math.random() * Math.min(30_000, 1_000 * 2 ** previousRetryCount),
  })
  .build();`,
});
