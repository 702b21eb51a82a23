import { PING } from "../../../protocol/terms.ts";
import { KEEP_ALIVE } from "../../../protocol/defaults.ts";
import type { HubConnectionModel, VisibilitySpan } from "../../../model/types.ts";
import { counted, duration } from "../../../text/format.ts";
import type { EpochMilliseconds, Milliseconds } from "../../../units.ts";
import { cantTell, DOCS, found, momentOf, ok, type FindingKind, type HubHistory } from "../finding.ts";
import { isConnected, isInjected, lostBy, naturalLosses } from "../natural.ts";

/** The server gives a client up after this time, by default. */
const CLIENT_TIMEOUT: Milliseconds = 30_000;
/** Long enough hidden to see two pings. */
const ENOUGH: Milliseconds = 40_000;
const LATE = 1.5;

export const backgroundThrottling: FindingKind = {
  group: "timing",
  subject: "Pings of a hidden page",
  title: "A hidden page sends its pings late",
  when: "the client of a hidden page sent nothing for 1.5 times its keepAliveInterval, and at least for 20 s",
  why: "Browsers run the timers of a hidden page once a minute only. Pings that are due every 15 s come late, and a server that waits 30 s (by default) ends the connection.",
  link: `${DOCS}aspnet/core/signalr/configuration#configure-server-options`,
  scenario: "tab-suspended",
  check(history) {
    if (!isConnected(history)) return cantTell("Nothing was connected.");
    const hidden = hiddenIn(history);
    if (hidden.length === 0) return cantTell("The page was never hidden for long while it was connected.");
    if (hidden.every(({ hub }) => hub.counts.length > 0))
      return cantTell("While the page was hidden, its messages were only counted.");
    const gaps = hidden.flatMap(({ hub, from, until }) => {
      const gap = longestGap(hub, from, until);
      return gap ? [{ hub, ...gap }] : [];
    });
    const late = gaps.filter(({ hub, length }) => length >= lateAfter(hub));
    const lost = lostBy(naturalLosses(history), ["client-ping-timeout"]).filter(({ hub, interruption }) =>
      hidden.some(
        (one) => one.hub === hub && one.from <= interruption.from && one.until >= interruption.from,
      ),
    );
    if (late.length === 0)
      return gaps.length === 0
        ? cantTell("Too few pings were recorded while the page was hidden.")
        : ok(
            `A hidden page's pings were ${duration(Math.max(...gaps.map(({ length }) => length)))} apart at most.`,
          );
    const longest = Math.max(...late.map(({ length }) => length));
    return found(
      lost.length > 0 ? "high" : longest >= CLIENT_TIMEOUT ? "medium" : "low",
      `While the page was hidden, the client sent nothing for ${duration(longest)}; its pings are due every ${duration(late[0]?.hub.keepAliveInterval ?? KEEP_ALIVE)}.`,
      {
        measured: [
          { label: "Longest pause of a hidden page", value: Math.round(longest), unit: "ms" },
          { label: "Times late", value: late.length, unit: "count" },
          { label: "Connections lost by it", value: lost.length, unit: "count" },
        ],
        moments: [
          ...late.map(({ hub, t, length }) => ({
            t,
            hubKey: hub.key,
            text: `Nothing sent for ${duration(length)} while hidden`,
          })),
          ...lost.map(({ interruption, verdict }) => momentOf(interruption, verdict.title)),
        ],
        changes: [
          {
            where: "server",
            text: `Let the server wait longer than a hidden page is silent (${counted(Math.ceil(longest / 1_000), "second")} here).`,
            snippet: {
              language: "cs",
              code: `builder.Services.AddSignalR(options => options.ClientTimeoutInterval = TimeSpan.FromSeconds(${Math.ceil((longest * 2) / 1_000)}));`,
            },
          },
          {
            where: "client",
            text: "Use a current client: since version 10 an overdue ping is sent as soon as a message arrives.",
          },
        ],
      },
    );
  },
};

const lateAfter = ({ keepAliveInterval }: HubConnectionModel): Milliseconds =>
  Math.max((keepAliveInterval ?? KEEP_ALIVE) * LATE, 20_000);

interface Hidden {
  readonly hub: HubConnectionModel;
  readonly from: EpochMilliseconds;
  readonly until: EpochMilliseconds;
}

/** Times in which a page was hidden, not frozen, and one of its connections was up. */
function hiddenIn(history: HubHistory): Hidden[] {
  const { hubs, pages, now, from } = history;
  return hubs.flatMap((hub) => {
    const page = pages.find(({ id }) => id === hub.page);
    const isHidden = ({ state, fault }: VisibilitySpan): boolean => state === "hidden" && fault === null;
    return (page?.visibility ?? []).filter(isHidden).flatMap((span) =>
      hub.states
        .filter(({ state }) => state === "connected")
        .flatMap((up): Hidden[] => {
          const begin = Math.max(span.from, up.from, from);
          const end = Math.min(span.until ?? now, up.until ?? now);
          return end - begin >= ENOUGH && !isInjected(history, hub, begin, end)
            ? [{ hub, from: begin, until: end }]
            : [];
        }),
    );
  });
}

/** Between two messages of the client. A client of long polling has no need to ping. null: it sent fewer than two. */
function longestGap(
  { messages, transport }: HubConnectionModel,
  from: EpochMilliseconds,
  until: EpochMilliseconds,
): { readonly t: EpochMilliseconds; readonly length: Milliseconds } | null {
  if (transport === "LongPolling") return null;
  let before: EpochMilliseconds | null = null;
  let longest: { t: EpochMilliseconds; length: Milliseconds } | null = null;
  let pings = 0;
  for (let i = messages.firstFrom(from); i < messages.length && messages.timeAt(i) <= until; i++) {
    const { direction, type, counted: isCounted } = messages.headAt(i);
    if (direction !== "out" || isCounted) continue;
    if (type === PING) pings++;
    const t = messages.timeAt(i);
    const length = t - (before ?? t);
    if (before !== null && length > (longest?.length ?? 0)) longest = { t: before, length };
    before = t;
  }
  return pings < 2 ? null : longest;
}
