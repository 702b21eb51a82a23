/**
 * What of a recording can be found again in the logs of servers and proxies: connection ids, answers, and the headers that name a request
 * or who answered it, each with its time.
 */
import type { HubConnectionModel, RequestModel, TransportModel } from "../../core/model/types.ts";
import { shortened } from "../../core/text/shortened.ts";
import { visibleText } from "../../core/text/visible-text.ts";
import type { EpochMilliseconds } from "../../core/units.ts";
import { endShort } from "../../wording/transport-name.ts";

export interface LogEntry {
  readonly t: EpochMilliseconds;
  readonly hub: HubConnectionModel;
  /** "negotiate answered 503", "WebSocket closed, 1006". */
  readonly what: string;
  readonly connectionId: string | null;
  /** As recorded: "x-request-id: 0HN…". */
  readonly headers: readonly string[];
  /** Something failed or ended: shown first where there is no room for all. */
  readonly isBad: boolean;
}

const LONGEST = 120;

/** In order of time. */
export const logEntries = (hubs: readonly HubConnectionModel[]): LogEntry[] =>
  hubs
    .flatMap((hub) => [
      ...hub.requests.flatMap((request) => ofNegotiate(request, hub)),
      ...hub.transports.flatMap((transport) => ofTransport(transport, hub)),
    ])
    .sort((a, b) => a.t - b.t);

/** The failures first if there are too many, else all; in order of time. */
export function chosenEntries(all: readonly LogEntry[], most: number): readonly LogEntry[] {
  if (all.length <= most) return all;
  const bad = all.filter(({ isBad }) => isBad).slice(0, most);
  const rest = all.filter(({ isBad }) => !isBad).slice(0, most - bad.length);
  return [...bad, ...rest].sort((a, b) => a.t - b.t);
}

function ofNegotiate({ started, ended, seen }: RequestModel, hub: HubConnectionModel): LogEntry[] {
  const status = ended?.status ?? seen?.status ?? null;
  const isBad = ended === null || status === null || status >= 400 || ended.connectionId === undefined;
  const said = ended?.error ?? seen?.error;
  const answer =
    status === null ? (ended === null ? "without an answer yet" : "without an answer") : `answered ${status}`;
  // Without a failure, the transport says all that matters, unless an id of the request was recorded.
  if (!isBad && (seen?.headers ?? []).length === 0) return [];
  return [
    {
      t: started.t,
      hub,
      what: text(`negotiate ${answer}${isBad && said ? `: ${said}` : ""}`),
      connectionId: ended?.connectionId ?? null,
      headers: headersOf(seen?.headers),
      isBad,
    },
  ];
}

const KIND = {
  WebSockets: "WebSocket",
  ServerSentEvents: "event stream",
  LongPolling: "long polling",
} as const;

function ofTransport(one: TransportModel, hub: HubConnectionModel): LogEntry[] {
  const { connectionId, upgrade, seen, closed, openedAt, from, transport, ghost } = one;
  const status = upgrade?.status ?? seen?.status ?? null;
  const headers = headersOf(upgrade?.headers ?? seen?.headers);
  const kind = KIND[transport];
  const entries: LogEntry[] = [];
  const isRefused = openedAt === null && (closed !== null || (status !== null && status !== 101));
  if (isRefused)
    entries.push({
      ...{ t: from, hub, connectionId, headers, isBad: true },
      what: text(`${kind} did not open${status === null ? "" : `, answered ${status}`}${reasonOf(one)}`),
    });
  else if (openedAt !== null)
    entries.push({ ...{ t: openedAt, hub, connectionId, headers, isBad: false }, what: `${kind} opened` });
  if (!isRefused && closed !== null && !ghost)
    entries.push({
      ...{ t: closed.t, hub, connectionId, headers: [], isBad: !closed.wasClean },
      what: text(closed.untold ? `${kind} ended` : `${kind} closed, ${endShort(one)}${reasonOf(one)}`),
    });
  for (const { t, method, status: answered, error } of one.failedRequests)
    entries.push({
      ...{ t, hub, connectionId, headers: [], isBad: true },
      what: text(
        `${method} ${answered === null ? "without an answer" : `answered ${answered}`}${error ? `: ${error}` : ""}`,
      ),
    });
  return entries;
}

function reasonOf({ closed, upgrade }: TransportModel): string {
  const why = closed?.reason || closed?.error || upgrade?.error;
  return why ? `: ${why}` : "";
}

const text = (words: string): string => shortened(visibleText(words).replace(/\s+/g, " "), LONGEST);
const headersOf = (headers: readonly string[] = []): string[] => headers.map(text);
