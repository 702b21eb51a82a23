/** Which frames of a call stack are SignalR's own client, so that the app's code comes first. Pure. */
import { counted } from "../core/text/format.ts";

interface StackFrames {
  /** Innermost first. All of them, if none is the app's as far as known. */
  readonly app: readonly string[];
  readonly client: readonly string[];
}

/** Files as the packages, CDNs, bundlers in development, and Blazor name them. An app's bundle holds both: see CLIENT_CLASS. */
const CLIENT_FILE =
  /(?:@microsoft[/_+]signalr|\/signalr(?:-protocol-msgpack)?(?:\.min)?\.js|\/blazor\.(?:server|web)(?:\.[\w-]+)?\.js)/i;

/** Chromium names the class: "at HubConnection.start (…)". A minifier may have renamed it. */
const CLIENT_CLASS =
  /^at (?:async )?(?:new )?(?:HubConnection|HttpConnection|AccessTokenHttpClient|DefaultHttpClient|FetchHttpClient|XhrHttpClient|WebSocketTransport|ServerSentEventsTransport|LongPollingTransport)\b/;

export function stackFrames(stack: string): StackFrames {
  const all = stack.split("\n");
  const isClient = (frame: string): boolean => CLIENT_FILE.test(frame) || CLIENT_CLASS.test(frame);
  const app = all.filter((frame) => !isClient(frame));
  return app.length === 0 ? { app: all, client: [] } : { app, client: all.filter(isClient) };
}

export const clientFramesWords = (count: number): string => `${counted(count, "frame")} of the client`;
