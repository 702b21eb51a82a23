/** How a hub's tries went over the transports, for the findings on transport and hosting. */
import type { AttemptModel, HubConnectionModel, RequestModel, TransportModel } from "../../../model/types.ts";
import type { TransportName } from "../../../protocol/terms.ts";
import type { HubHistory } from "../finding.ts";
import { triesOf } from "../natural.ts";

export const TRANSPORT_WORD: Readonly<Record<TransportName, string>> = {
  WebSockets: "WebSockets",
  ServerSentEvents: "Server-Sent Events",
  LongPolling: "long polling",
};

export interface Connect {
  readonly hub: HubConnectionModel;
  readonly attempt: AttemptModel;
  /** In the order in which they were tried; the last one connected. */
  readonly transports: readonly TransportModel[];
  readonly requests: readonly RequestModel[];
}

/** Tries that connected, without a fault. Resumes have no negotiate and no choice. */
export const connectsOf = (history: HubHistory): Connect[] =>
  triesOf(history).flatMap(({ hub, attempt }) =>
    attempt.outcome.kind === "connected" && attempt.origin !== "resume"
      ? [
          {
            hub,
            attempt,
            transports: hub.transports.filter(({ socket }) => attempt.sockets.includes(socket)),
            requests: requestsOf(hub, attempt),
          },
        ]
      : [],
  );

export const requestsOf = (hub: HubConnectionModel, attempt: AttemptModel): RequestModel[] =>
  attempt.requests.length === 0
    ? []
    : hub.requests.filter(({ request }) => attempt.requests.includes(request));

/** The client goes straight to a WebSocket, as far as seen. */
export const skipsNegotiation = ({ hubs }: Pick<HubHistory, "hubs">): boolean =>
  hubs.some(({ transports }) => transports.length > 0) &&
  hubs.every(
    ({ requests, transports }) => requests.length === 0 && transports.every(({ since }) => since === null),
  );
