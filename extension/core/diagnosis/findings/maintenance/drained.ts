import { counted, duration } from "../../../text/format.ts";
import { hostOf } from "../../../protocol/addresses.ts";
import type { Milliseconds } from "../../../units.ts";
import { verdictOf } from "../../diagnose.ts";
import type { CauseName } from "../../verdict.ts";
import { cantTell, DOCS, found, momentOf, okSoFar, type FindingKind, type HubHistory } from "../finding.ts";
import type { Lost } from "../history-parts.ts";
import { isInjected } from "../natural.ts";

const WINDOW: Milliseconds = 10 * 60_000;
/** Connections that end together have ended by one event. */
const APART: Milliseconds = 1_000;
const FEWEST = 3;
/** How a server or a service ends connections on purpose. */
const ENDED: readonly CauseName[] = [
  "server-close",
  "azure-service",
  "closed-by-server-socket",
  "ended-by-server",
];

export const drained: FindingKind = {
  group: "maintenance",
  subject: "Maintenance",
  title: "Connections were ended one by one, as in maintenance",
  when: "the server ended three connections or more within 10 min, each once and at least a second apart",
  why: "A service that is maintained, or a server that is taken out, ends its connections over some minutes, so that they don't all come back at once. That is expected: the app should get through it unnoticed.",
  link: `${DOCS}azure/azure-signalr/signalr-concept-client-disconnections`,
  scenario: "azure-maintenance",
  check(history) {
    const all = sameServer(history);
    const connections = new Set(all.map(({ key }) => key));
    const losses = all.flatMap((hub) => hub.interruptions.map((interruption) => ({ hub, interruption })));
    const ended = losses
      .filter(({ interruption: { from, faults } }) => faults.length === 0 && from >= history.from)
      .filter(({ hub, interruption }) => !isInjected({ pages: history.model.pages }, hub, interruption.from))
      .filter(({ interruption }) => ENDED.includes(verdictOf(interruption).cause))
      .sort((a, b) => a.interruption.from - b.interruption.from);
    if (losses.length > 0 && ended.length === 0) return okSoFar("No connection was ended by the server.");
    if (connections.size < FEWEST)
      return cantTell(
        "Fewer than three connections to this server were recorded: one by one shows only with several.",
      );
    const drain = drainIn(ended).filter(({ hub }) => connections.has(hub.key));
    const [first] = drain;
    const last = drain.at(-1);
    if (!first || !last || !drain.some(({ hub }) => hub.url === history.url))
      return okSoFar("Connections weren't ended one after the other.");
    const length = last.interruption.from - first.interruption.from;
    const back = drain.filter(
      ({ interruption: { outcome } }) => outcome === "reconnected" || outcome === "resumed",
    );
    return found(
      "low",
      `${counted(drain.length, "connection")} to one server ended one by one within ${duration(length)}; ${back.length === drain.length ? "all are" : `${back.length} are`} back.`,
      {
        measured: [
          { label: "Connections ended", value: drain.length, unit: "count" },
          { label: "Within", value: Math.round(length), unit: "ms" },
          { label: "Back by themselves", value: back.length, unit: "count" },
        ],
        moments: drain.map(({ interruption }) => momentOf(interruption, verdictOf(interruption).title)),
        changes: [
          {
            where: "client",
            text: "Nothing is wrong with that. See that every connection reconnects by itself, with random delays, and joins its groups again.",
          },
          {
            where: "azure",
            text: "Get told before: a resource health alert and a service health alert for planned maintenance.",
          },
        ],
      },
    );
  },
};

/** All connections of the recording to the same server, also to its other hubs. */
function sameServer({ hubs, model }: HubHistory) {
  const hosts = new Set(hubs.map(hostOfHub));
  return model.hubs.filter((hub) => hosts.has(hostOfHub(hub)));
}

const hostOfHub = ({ hosting, url }: HubHistory["hubs"][number]): string => hosting?.host ?? hostOf(url);

/** The largest group of losses within the window in which each connection ended once, and none together with another one. */
function drainIn(ended: readonly Lost[]): Lost[] {
  let best: Lost[] = [];
  for (const [i, begin] of ended.entries()) {
    const group = ended
      .slice(i)
      .filter(({ interruption: { from } }) => from - begin.interruption.from <= WINDOW);
    const keys = new Set(group.map(({ hub }) => hub.key));
    const apart = group.every(
      ({ interruption: { from } }, j) => j === 0 || from - (group[j - 1]?.interruption.from ?? 0) >= APART,
    );
    if (apart && keys.size === group.length && group.length >= FEWEST && group.length > best.length)
      best = group;
  }
  return best;
}
