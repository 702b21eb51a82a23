import { counted, duration } from "../../../text/format.ts";
import type { Milliseconds } from "../../../units.ts";
import { firefoxOf } from "../../facts.ts";
import { cantTell, DOCS, found, momentOf, okSoFar, type FindingKind, type Moment } from "../finding.ts";
import { isConnected, lostBy, naturalLosses } from "../natural.ts";

/** The client's pings are due every 15 s by default: a task of this length delays them noticeably. */
const LONG: Milliseconds = 5_000;
/** How long after a block a loss is still its work. */
const AFTER: Milliseconds = 3_000;
const LEAST: Milliseconds = 1_000;

export const pingsStarved: FindingKind = {
  group: "timing",
  subject: "Pings and the main thread",
  title: "The page blocks the main thread, and its pings with it",
  when: "a task blocked the main thread for 5 s; or the client or the server gave up within 3 s after a block of 1 s (known only in Chromium)",
  why: "The client sends its pings on the main thread. While a script runs, none goes out; if that takes longer than the server's ClientTimeoutInterval (30 s by default), the server ends the connection.",
  link: `${DOCS}aspnet/core/signalr/configuration#configure-server-options`,
  scenario: null,
  check(history) {
    const { hubs, pages, from } = history;
    if (!isConnected(history)) return cantTell("Nothing was connected.");
    if (pages.every((page) => firefoxOf(page) !== false && page.longTasks.length === 0))
      return cantTell("This browser doesn't report how long scripts block the page.");
    // Hubscope's own fault blocks the main thread on purpose.
    const tasks = pages.flatMap((page) =>
      page.longTasks
        .filter((task) => task.from >= from && !isBlockedByFault(page.faults, task.from))
        .map((task) => ({ page, ...task })),
    );
    const losses = lostBy(naturalLosses(history), ["client-ping-timeout", "server-timeout"]).flatMap(
      (lost) => {
        const t = lost.interruption.from;
        const task = tasks.find(
          (one) =>
            one.page.id === lost.hub.page &&
            one.duration >= LEAST &&
            one.from <= t &&
            one.from + one.duration >= t - AFTER,
        );
        return task ? [{ ...lost, task }] : [];
      },
    );
    const long = tasks.filter(({ duration: length }) => length >= LONG);
    const longest = Math.max(0, ...tasks.slice(-10_000).map(({ duration: length }) => length));
    if (losses.length === 0 && long.length === 0)
      return okSoFar(
        longest === 0
          ? "No task blocked the page."
          : `The longest task blocked the page for ${duration(longest)}.`,
      );
    return found(
      losses.length > 0 ? "high" : "low",
      losses.length > 0
        ? `${counted(losses.length, "connection")} ended right after the page was blocked for ${duration(Math.max(...losses.map(({ task }) => task.duration)))}.`
        : `The page was blocked ${counted(long.length, "time")} for over ${duration(LONG)}, ${duration(longest)} at most. No connection was lost by it yet.`,
      {
        measured: [
          { label: "Longest block", value: Math.round(longest), unit: "ms" },
          { label: "Blocks over 5 s", value: long.length, unit: "count" },
          { label: "Connections lost by it", value: losses.length, unit: "count" },
        ],
        moments: [
          ...losses.map(({ interruption, task }) =>
            momentOf(interruption, `Lost; the page was blocked for ${duration(task.duration)}`),
          ),
          ...long.flatMap(({ page, from: t, duration: length }): Moment[] => {
            const hub = hubs.find((one) => one.page === page.id);
            return hub ? [{ t, hubKey: hub.key, text: `Main thread blocked for ${duration(length)}` }] : [];
          }),
        ],
        changes: [
          {
            where: "client",
            text: "Move long work into a worker, or give the main thread back between parts of it.",
            snippet: {
              language: "ts",
              code: "for (const part of parts) {\n  handle(part);\n  await new Promise((resolve) => setTimeout(resolve)); // lets pings out\n}",
            },
          },
          {
            where: "server",
            text: "Until then, let the server wait longer for a client.",
            snippet: {
              language: "cs",
              code: "builder.Services.AddSignalR(options => options.ClientTimeoutInterval = TimeSpan.FromSeconds(60));",
            },
          },
        ],
      },
    );
  },
};

const isBlockedByFault = (
  faults: readonly { readonly from: number; readonly until: number | null }[],
  t: number,
): boolean => faults.some((fault) => fault.from - 100 <= t && (fault.until ?? Infinity) + 100 >= t);
