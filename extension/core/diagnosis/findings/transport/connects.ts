/** How a hub's tries went over the transports, for the findings on transport and hosting. */
import type { AttemptModel, HubConnectionModel, RequestModel, TransportModel } from "../../../model/types.ts";
import type { RequestId, SocketId } from "../../../ids.ts";
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
      ? [{ hub, attempt, transports: transportsOf(hub, attempt), requests: requestsOf(hub, attempt) }]
      : [],
  );

const transportsOf = (hub: HubConnectionModel, { sockets }: AttemptModel): TransportModel[] =>
  sockets.flatMap((socket) => indexOf(hub).bySocket.get(socket) ?? []);

const requestsOf = (hub: HubConnectionModel, { requests }: AttemptModel): RequestModel[] =>
  requests.flatMap((request) => indexOf(hub).byRequest.get(request) ?? []);

/** Where the last step of a try went. null: nothing was sent. */
export const lastUrl = (hub: HubConnectionModel, attempt: AttemptModel): string | null =>
  transportsOf(hub, attempt).at(-1)?.url ?? requestsOf(hub, attempt).at(-1)?.started.url ?? null;

interface Index {
  readonly lateRows: number;
  readonly transports: number;
  readonly requests: number;
  readonly bySocket: ReadonlyMap<SocketId, TransportModel>;
  readonly byRequest: ReadonlyMap<RequestId, RequestModel>;
}

/** A recording may have thousands of each. */
const indices = new WeakMap<HubConnectionModel, Index>();

function indexOf(hub: HubConnectionModel): Index {
  const { transports, requests, lateRows } = hub;
  const known = indices.get(hub);
  if (known?.lateRows === lateRows && known.transports === transports.length)
    if (known.requests === requests.length) return known;
  const index: Index = {
    lateRows,
    transports: transports.length,
    requests: requests.length,
    bySocket: new Map(transports.map((one) => [one.socket, one])),
    byRequest: new Map(requests.map((one) => [one.request, one])),
  };
  indices.set(hub, index);
  return index;
}

/** The client goes straight to a WebSocket, as far as seen. */
export const skipsNegotiation = ({ hubs }: Pick<HubHistory, "hubs">): boolean =>
  hubs.some(({ transports }) => transports.length > 0) &&
  hubs.every(
    ({ requests, transports }) => requests.length === 0 && transports.every(({ since }) => since === null),
  );
