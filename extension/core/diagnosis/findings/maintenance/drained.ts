import { counted, duration } from "../../../text/format.ts";
import { hostOf } from "../../../protocol/addresses.ts";
import type { HubConnectionModel } from "../../../model/types.ts";
import type { Milliseconds } from "../../../units.ts";
import { verdictOf } from "../../diagnose.ts";
import type { CauseName } from "../../verdict.ts";
import {
  cantTell,
  DOCS,
  found,
  momentOf,
  okSoFar,
  type FindingKind,
  type HubHistory,
  type Look,
} from "../finding.ts";
import type { Lost } from "../history-parts.ts";
import { isInjected } from "../natural.ts";
import { oncePerLook } from "../once-per-look.ts";

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
    const { connections, losses, drain, isAnyEnded } = serverOf(history);
    if (losses > 0 && !isAnyEnded) return okSoFar("No connection was ended by the server.");
    if (connections < FEWEST)
      return cantTell(
        "Fewer than three connections to this server were recorded: one by one shows only with several.",
      );
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

interface OfServer {
  readonly connections: number;
  readonly losses: number;
  readonly isAnyEnded: boolean;
  readonly drain: readonly Lost[];
}

/** By the hosts of a hub, usually one. Many hubs have the same server. */
const servers = oncePerLook(() => new Map<string, OfServer>());

/** All connections of the recording to the same server, also to its other hubs. */
function serverOf(history: HubHistory): OfServer {
  const hosts = new Set(history.hubs.map(hostOfHub));
  const known = servers(history);
  const key = [...hosts].sort().join();
  const server =
    known.get(key) ??
    look(
      history.look,
      [...hosts].flatMap((host) => byHost(history).get(host) ?? []),
    );
  known.set(key, server);
  return server;
}

const hostOfHub = ({ hosting, url }: HubConnectionModel): string => hosting?.host ?? hostOf(url);

const byHost = oncePerLook(({ model: { hubs } }) => {
  const all = new Map<string, HubConnectionModel[]>();
  for (const hub of hubs) {
    const host = hostOfHub(hub);
    const own = all.get(host);
    if (own) own.push(hub);
    else all.set(host, [hub]);
  }
  return all;
});

function look({ model, from }: Look, hubs: readonly HubConnectionModel[]): OfServer {
  const pages = new Map(model.pages.map((page) => [page.id, page]));
  const losses = hubs.flatMap((hub) => hub.interruptions.map((interruption) => ({ hub, interruption })));
  const ended = losses
    .filter(({ interruption: one }) => one.faults.length === 0 && one.from >= from)
    .filter(({ hub, interruption }) => {
      const page = pages.get(hub.page);
      return !isInjected({ pages: page ? [page] : [] }, hub, interruption.from);
    })
    .filter(({ interruption }) => ENDED.includes(verdictOf(interruption).cause))
    .sort((a, b) => a.interruption.from - b.interruption.from);
  return {
    connections: new Set(hubs.map(({ key }) => key)).size,
    losses: losses.length,
    isAnyEnded: ended.length > 0,
    drain: drainIn(ended),
  };
}

/** The largest group of losses within the window in which each connection ended once, and none together with another one. */
function drainIn(ended: readonly Lost[]): readonly Lost[] {
  let best: readonly [from: number, to: number] = [0, 0];
  const lastOf = new Map<string, number>();
  /** The last one before `to` that ended together with the next one, and that ended again. */
  let together = -1;
  let again = -1;
  let to = 0;
  for (const [i, begin] of ended.entries()) {
    for (let next = ended[to]; next; next = ended[++to]) {
      const t = next.interruption.from;
      if (t - begin.interruption.from > WINDOW) break;
      if (t - (ended[to - 1]?.interruption.from ?? -Infinity) < APART) together = to - 1;
      again = Math.max(again, lastOf.get(next.hub.key) ?? -1);
      lastOf.set(next.hub.key, to);
    }
    if (together < i && again < i && to - i >= FEWEST && to - i > best[1] - best[0]) best = [i, to];
  }
  return ended.slice(...best);
}
