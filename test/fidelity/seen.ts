/** Turns the results seen by app, server and page into text, normalised so that equal results have equal texts. */
import type { LogEntry } from "../harness/hubs/running-hub.ts";
import type { Told } from "../harness/clients/page.ts";
import type { Aspect } from "./pair.ts";

export type Seen = Readonly<Record<Aspect, readonly string[]>>;

/** The callbacks of a page's clients, with the client's name if there are several. */
export function callbacksOf(clients: Readonly<Record<string, readonly Told[]>>): string[] {
  const several = Object.keys(clients).length > 1;
  return Object.entries(clients).flatMap(([name, told]) =>
    told
      .filter(({ what }) => what !== "received")
      .map(({ what, detail }) => `${several ? `${name}: ` : ""}${what} ${normalised(detail)}`.trim()),
  );
}

/** Replaces addresses and ids, which differ each time, and each browser's wording of a failed request. */
const normalised = (text: string): string =>
  text
    .replaceAll(/Failed to fetch|NetworkError when attempting to fetch resource\./g, "(no network)")
    .replaceAll(/\b(http|ws)s?:\/\/127\.0\.0\.1:\d+/g, "$1://hub")
    .replaceAll(/\bid=[\w-]{22}\b/g, "id=…")
    .replaceAll(/(?<![\w-])[\w-]{22}(?![\w-])/g, "(an id)");

const MESSAGES = ["Close", "Sequence"];

/**
 * The server's log, connection by connection, each with its events in order: events of two connections at the same time
 * have no defined order. Hub messages that servers and clients repeat automatically are left out.
 */
export function loggedOf(log: readonly LogEntry[]): string[] {
  const ids = idsOf(log);
  const lines = (connectionId: string, name: string): string[] =>
    inOrder(log.filter((entry) => entry.connectionId === connectionId && isSignificant(entry))).map(
      ({ event, detail, type }) =>
        [name, event, event === "negotiated" ? "" : (detail ?? ""), type ?? ""].filter(Boolean).join(" "),
    );
  return [
    ...lines("", "nobody yet:"),
    ...ids.filter((id) => id !== "").flatMap((id, i) => lines(id, `${ordinal(i)}:`)),
  ];
}

/** The ids of connections that started within this log. A connection that another page has left open isn't one of them. */
export function idsOf(log: readonly LogEntry[]): string[] {
  const begun = log.filter(({ event }) => event === "negotiated" || event === "transport connected");
  return [...new Set(begun.map(({ connectionId }) => connectionId))];
}

/** Events that the hub and the transport log at the same time, in any order. */
const AT_ONCE: readonly (readonly string[])[] = [
  ["transport connected", "connected"],
  ["client timeout", "disconnected", "sent", "socket closed", "transport closed"],
];

function inOrder(log: readonly LogEntry[]): LogEntry[] {
  const ordered = [...log];
  for (const events of AT_ONCE) {
    const rank = (entry: LogEntry | undefined): number => (entry ? events.indexOf(entry.event) : -1);
    for (let from = 0; from < ordered.length; from++) {
      let to = from;
      while (rank(ordered[to]) >= 0) to++;
      const sorted = ordered.slice(from, to).sort((a, b) => rank(a) - rank(b));
      ordered.splice(from, sorted.length, ...sorted);
    }
  }
  return ordered;
}

const ordinal = (index: number): string => ["first", "second", "third"][index] ?? `number ${index + 1}`;

function isSignificant({ event, type }: LogEntry): boolean {
  switch (event) {
    case "received":
    case "sent":
      return MESSAGES.includes(type ?? "");
    case "handshake":
    case "handshake answered":
    case "poll came":
    case "poll answered":
      return false;
    default:
      return true;
  }
}
