/** What app, server and page saw, normalised so that equal results have equal texts. */
import type { LogEntry } from "../harness/hubs/running-hub.ts";
import type { Told } from "../harness/clients/page.ts";
import type { Aspect } from "./pair.ts";

export type Seen = Readonly<Record<Aspect, readonly string[]>>;

/** Names of a page's clients, if it has several, with what they were told; and what was noticed on the way. */
export function callbacksOf(clients: Readonly<Record<string, readonly Told[]>>): string[] {
  const several = Object.keys(clients).length > 1;
  return Object.entries(clients).flatMap(([name, told]) =>
    told
      .filter(({ what }) => what !== "heard")
      .map(({ what, detail }) => `${several ? `${name}: ` : ""}${what} ${normalised(detail)}`.trim()),
  );
}

/** Addresses and ids differ each time, and browsers have words of their own for a request that failed. */
const normalised = (text: string): string =>
  text
    .replaceAll(/Failed to fetch|NetworkError when attempting to fetch resource\./g, "(no network)")
    .replaceAll(/\b(http|ws)s?:\/\/127\.0\.0\.1:\d+/g, "$1://hub")
    .replaceAll(/\bid=[\w-]{22}\b/g, "id=…")
    .replaceAll(/(?<![\w-])[\w-]{22}(?![\w-])/g, "(an id)");

const MESSAGES = ["Close", "Sequence"];

/**
 * Its connections one after the other, each with what happened to it in order: what two of them go through at the same time
 * has no order. Hub messages that both servers and clients send by themselves, again and again, are left out.
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

/** Connections that began since the log did: what another page leaves behind is none of them. */
export function idsOf(log: readonly LogEntry[]): string[] {
  const begun = log.filter(({ event }) => event === "negotiated" || event === "transport connected");
  return [...new Set(begun.map(({ connectionId }) => connectionId))];
}

/** These happen at once, in an order that is a matter of luck: the hub's view of it and the wire's. */
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
