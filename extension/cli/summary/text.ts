/** The summary for the terminal. */
import { counted, duration, whole } from "../../core/text/format.ts";
import { percentUp } from "../../report/facts/percent-up.ts";
import { plain, type Style } from "../terminal.ts";
import type { Recovery, Totals } from "./totals.ts";

/** More hubs are only counted. */
const MOST_HUBS = 20;

export function summaryText(totals: Totals, style: Style): string {
  const { recordings, damaged, unreadable, events, losses, failedStarts, recovered, lost, unknown } = totals;
  const parts = [
    style("bold", `${counted(recordings, "recording")}, ${counted(events, "event")}`),
    ...(damaged > 0 ? [`${counted(damaged, "recording")} could be read only in part.`] : []),
    ...(unreadable.length > 0 ? [`${counted(unreadable.length, "file")} could not be read (below).`] : []),
    "",
    losses === 0
      ? "No connection was lost."
      : `${counted(losses, "time")} without a connection${failedStarts > 0 ? `, ${whole(failedStarts)} of them failed starts` : ""}: ${whole(recovered)} recovered, ${whole(lost)} not, ${whole(unknown)} not seen to their end.`,
  ];
  if (totals.recovery) parts.push(`Recovery: ${recoveryWords(totals.recovery)}.`);
  if (totals.causes.length > 0)
    parts.push(
      "",
      style("bold", "Causes"),
      ...table(
        ["", "count", "recovered", "p50", "p95", "p99"],
        totals.causes.map(({ title, losses, recovered, recovery }) => [
          plain(title),
          whole(losses),
          whole(recovered),
          ...(recovery ? [recovery.p50, recovery.p95, recovery.p99].map(duration) : ["", "", ""]),
        ]),
      ),
    );
  if (totals.hubs.length > 0)
    parts.push(
      "",
      style("bold", "Hubs"),
      ...table(
        ["", "connections", "losses", "without", "available"],
        totals.hubs
          .slice(0, MOST_HUBS)
          .map(({ url, connections, losses, connected, disconnected }) => [
            plain(url),
            whole(connections),
            whole(losses),
            duration(disconnected),
            connected + disconnected === 0 ? "" : percentUp({ up: connected, down: disconnected }),
          ]),
      ),
      ...(totals.hubs.length > MOST_HUBS
        ? [`  and ${counted(totals.hubs.length - MOST_HUBS, "more hub", "more hubs")}: see --json`]
        : []),
    );
  if (totals.worst.length > 0)
    parts.push(
      "",
      style("bold", "Worst recordings"),
      ...table(
        ["", "losses", "not recovered", "without"],
        totals.worst.map(({ file, losses, lost, disconnected }) => [
          plain(file),
          whole(losses),
          whole(lost),
          duration(disconnected),
        ]),
      ),
    );
  if (unreadable.length > 0)
    parts.push(
      "",
      style("bold", "Not read"),
      ...unreadable.map(({ file, problem }) => `  ${plain(file)}: ${plain(problem)}`),
    );
  return `${parts.join("\n")}\n`;
}

const recoveryWords = ({ p50, p95, p99, longest }: Recovery): string =>
  `half within ${duration(p50)}, 95 % within ${duration(p95)}, 99 % within ${duration(p99)}, the longest ${duration(longest)}`;

/** The first column to the left, figures to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ")}`.trimEnd(),
  );
}
