import { counted, duration } from "../../../text/format.ts";
import { named } from "../named.ts";
import type { Milliseconds } from "../../../units.ts";
import { queuedCalls } from "../../call-queue.ts";
import { cantTell, DOCS, found, notApplicable, okSoFar, type FindingKind } from "../finding.ts";
import { isBlazor } from "../history-parts.ts";
import { isInjected } from "../natural.ts";

const LONG: Milliseconds = 2_000;

export const headOfLine: FindingKind = {
  group: "timing",
  subject: "Calls that wait for other calls",
  title: "Calls wait behind a slow one",
  when: "the answers came strictly in the order of the calls, and one right after that of a slower call it had waited for at least 0.5 s (inferred)",
  why: "By default a server runs the calls of a connection one after another: while one method waits for a database, all later calls of this user wait, too.",
  link: `${DOCS}aspnet/core/signalr/configuration#configure-server-options`,
  scenario: null,
  check(history) {
    const { hubs, pages } = history;
    if (isBlazor(history)) return notApplicable("A Blazor page's calls are Blazor's own.");
    const answered = hubs.flatMap((hub) =>
      hub.calls.filter(({ direction, fate }) => direction === "out" && fate === "completed"),
    );
    if (answered.length < 2) return cantTell("Fewer than two calls were answered.");
    const waited = hubs.flatMap((hub) =>
      [...queuedCalls(hub, pages.find(({ id }) => id === hub.page) ?? null)]
        .filter(([call]) => !isInjected(history, hub, call.sentAt, call.endedAt ?? call.sentAt))
        .map(([call, queued]) => ({ hub, call, ...queued })),
    );
    const [longest] = [...waited].sort((a, b) => b.length - a.length);
    if (!longest) return okSoFar("No call waited for another one, as far as the order of the answers shows.");
    const behind = named(longest.behind.target);
    return found(
      longest.length >= LONG ? "medium" : "low",
      `${counted(waited.length, "call")} waited for a slower one, ${duration(longest.length)} at most, behind ${behind} (inferred).`,
      {
        measured: [
          { label: "Calls that waited", value: waited.length, unit: "count" },
          { label: "Longest wait", value: Math.round(longest.length), unit: "ms" },
        ],
        moments: waited.map(({ hub, call, length, behind: slow }) => ({
          t: call.sentAt,
          hubKey: hub.key,
          text: `${named(call.target)} waited ${duration(length)} behind ${named(slow.target)}`,
        })),
        changes: [
          {
            where: "server",
            text: "Let the server run several calls of one client at once, if its methods allow that.",
            snippet: {
              language: "cs",
              code: "builder.Services.AddSignalR(options => options.MaximumParallelInvocationsPerClient = 4);",
            },
          },
          {
            where: "server",
            text: `Or let ${behind} answer at once and send its result later.`,
          },
        ],
      },
    );
  },
};
