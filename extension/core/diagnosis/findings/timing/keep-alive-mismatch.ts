import { KEEP_ALIVE } from "../../../protocol/defaults.ts";
import { duration } from "../../../text/format.ts";
import type { HubConnectionModel } from "../../../model/types.ts";
import type { Milliseconds } from "../../../units.ts";
import {
  cantTell,
  DOCS,
  found,
  momentOf,
  ok,
  type Answer,
  type Change,
  type FindingKind,
  type Moment,
} from "../finding.ts";
import { lostBy, naturalLosses, type NaturalLoss } from "../natural.ts";
import { serverPingEvery } from "./ping-interval.ts";

/** The client must not give up before the second ping is due, with some room for a busy page. */
const PINGS = 2;
const TOLERANCE = 0.95;

export const keepAliveMismatch: FindingKind = {
  group: "timing",
  subject: "Keep-alive against server timeout",
  title: "The server timeout leaves no room for a late ping",
  when: "the client's serverTimeout is shorter than two intervals between the server's pings, as observed; or, inferred, the client gave up twice without having seen a ping",
  why: "The client gives up when it hears nothing for its serverTimeout. If that is shorter than two pings of the server, one late ping ends a healthy connection.",
  link: `${DOCS}aspnet/core/signalr/configuration#configure-server-options`,
  scenario: "idle-timeout",
  check(history) {
    const { hubs, from } = history;
    if (hubs.every(({ serverTimeout }) => serverTimeout === null))
      return cantTell("Without the client probe the client's serverTimeout isn't known.");
    const known = hubs.flatMap((hub): Timing[] => {
      const every = serverPingEvery(hub, from);
      return every === null || hub.serverTimeout === null ? [] : [{ hub, every, timeout: hub.serverTimeout }];
    });
    const [worst] = known
      .filter(({ every, timeout }) => timeout < every * PINGS * TOLERANCE)
      .sort((a, b) => a.timeout / a.every - b.timeout / b.every);
    const lost = lostBy(naturalLosses(history), ["server-timeout"]);
    const early = lost.filter(({ hub }) => (hub.serverTimeout ?? Infinity) < KEEP_ALIVE * PINGS * TOLERANCE);
    if (known.length === 0)
      return early.length >= 2
        ? foundByLosses(early)
        : cantTell("Too few pings of the server were recorded to know how often it pings.");
    if (!worst)
      return ok(
        known
          .slice(0, 1)
          .map(
            ({ every, timeout }) =>
              `The server pings every ${duration(every)}; the client waits ${duration(timeout)}.`,
          )
          .join(""),
      );
    const { every, timeout, hub } = worst;
    return found(
      lost.length > 0 ? "high" : "medium",
      `The server pings every ${duration(every)}, and the client gives up after ${duration(timeout)}${lost.length > 0 ? `; that happened ${lost.length === 1 ? "once" : `${lost.length} times`}` : ""}.`,
      {
        measured: [
          { label: "Server pings every (observed)", value: Math.round(every), unit: "ms" },
          { label: "Client's serverTimeout", value: timeout, unit: "ms" },
          { label: "Lost by it", value: lost.length, unit: "count" },
        ],
        moments: [
          ...known.slice(0, 1).flatMap((): Moment[] => {
            const since = hub.states.find(({ state }) => state === "connected")?.from;
            return since === undefined
              ? []
              : [
                  {
                    t: since,
                    hubKey: hub.key,
                    text: `Connected with a serverTimeout of ${duration(timeout)}`,
                  },
                ];
          }),
          ...lost.map(({ interruption, verdict }) => momentOf(interruption, verdict.title)),
        ],
        changes: changesFor(hub, every),
      },
    );
  },
};

/** The client gave up before the first ping: how often the server pings isn't known. */
function foundByLosses(lost: readonly NaturalLoss[]): Answer {
  const timeout = Math.max(...lost.map(({ hub }) => hub.serverTimeout ?? 0));
  const [first] = lost;
  return found(
    "high",
    `The client gave up ${lost.length} times after ${duration(timeout)} without a message, and never saw a ping before; a server pings every ${duration(KEEP_ALIVE)} by default (inferred).`,
    {
      measured: [
        { label: "Client's serverTimeout", value: timeout, unit: "ms" },
        { label: "Lost by it", value: lost.length, unit: "count" },
      ],
      moments: lost.map(({ interruption, verdict }) => momentOf(interruption, verdict.title)),
      changes: first ? changesFor(first.hub, KEEP_ALIVE) : [],
    },
  );
}

interface Timing {
  readonly hub: HubConnectionModel;
  readonly every: Milliseconds;
  readonly timeout: Milliseconds;
}

function changesFor({ url }: HubConnectionModel, every: Milliseconds): readonly Change[] {
  const seconds = Math.max(1, Math.round(every / 1_000));
  return [
    {
      where: "client",
      text: "Set the client's server timeout to at least twice the server's KeepAliveInterval.",
      snippet: {
        language: "ts",
        code: `new signalR.HubConnectionBuilder()\n  .withUrl(${JSON.stringify(url)})\n  .withAutomaticReconnect(policy) // as it is\n  .withServerTimeout(${seconds * PINGS * 1_000}) // the server pings every ${seconds} s\n  .build();`,
      },
    },
    {
      where: "server",
      text: "Or let the server ping more often.",
      snippet: {
        language: "cs",
        code: `builder.Services.AddSignalR(options => options.KeepAliveInterval = TimeSpan.FromSeconds(${Math.max(1, Math.floor(seconds / 2))}));`,
      },
    },
  ];
}
