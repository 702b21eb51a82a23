import { KEEP_ALIVE } from "../../../protocol/defaults.ts";
import { counted, duration } from "../../../text/format.ts";
import { cantTell, DOCS, found, momentOf, okSoFar, type FindingKind } from "../finding.ts";
import { locationOf } from "../named.ts";
import { median } from "../history-parts.ts";
import { isConnected, lostBy, naturalLosses, type NaturalLoss } from "../natural.ts";
import { quietBefore } from "./quiet.ts";

export const idleCut: FindingKind = {
  group: "timing",
  subject: "Pings against idle time on the way",
  title: "Something on the way cuts idle connections",
  when: "connections ended after the same time without a message each (the cause is an idle timeout), or a poll was answered by a proxy that had waited for its own time",
  why: "A load balancer, proxy or firewall closes a connection on which nothing was sent for its idle time. Each cut is a reconnect that a ping in time would have spared.",
  link: `${DOCS}aspnet/core/signalr/configuration#configure-server-options`,
  scenario: "idle-timeout",
  check(history) {
    if (!isConnected(history)) return cantTell("Nothing was connected.");
    const losses = naturalLosses(history);
    const cut = lostBy(losses, ["idle-timeout"]);
    if (cut.length === 0)
      return losses.length > 0
        ? okSoFar("No loss looked like an idle timeout.")
        : cantTell("The connection was never lost; idle times are seen only when they cut.");
    const quiet = cut.flatMap(({ interruption }) => quietBefore(interruption) ?? []);
    const limit = quiet.length > 0 ? median(quiet) : null;
    const ping = pingOf(cut);
    return found(
      "medium",
      `${counted(cut.length, "connection")} ended${limit === null ? "" : ` after ${duration(limit)} without a message`} (inferred: ${cut[0]?.verdict.confidence ?? "medium"} confidence)${limit !== null && ping > limit ? `; the client pings every ${duration(ping)} only` : ""}.`,
      {
        measured: [
          { label: "Cut when idle", value: cut.length, unit: "count" },
          ...(limit === null ? [] : [{ label: "Idle time", value: Math.round(limit), unit: "ms" } as const]),
          { label: "Client's keepAliveInterval", value: ping, unit: "ms" },
        ],
        moments: cut.map(({ interruption, verdict }) => momentOf(interruption, verdict.title)),
        changes: [
          {
            where: "proxy",
            text: "Raise the idle time of the proxy or load balancer well above the ping interval.",
            snippet: {
              language: "nginx",
              code: `location ${locationOf(cut[0]?.hub.path)} {\n  proxy_read_timeout 1h;\n  proxy_send_timeout 1h;\n}`,
            },
          },
          ...(limit === null ? [] : [pingChange(limit)]),
          ...(cut.some(({ hub }) => hub.transport === "LongPolling") ? [POLL] : []),
        ],
      },
    );
  },
};

const pingOf = (cut: readonly NaturalLoss[]): number =>
  Math.max(...cut.map(({ hub }) => hub.keepAliveInterval ?? KEEP_ALIVE));

const pingChange = (limit: number) => {
  const seconds = Math.max(1, Math.floor(limit / 3_000));
  return {
    where: "server",
    text: `Or ping within that time: every ${seconds} s on the server, and with keepAliveIntervalInMilliseconds on the client.`,
    snippet: {
      language: "cs",
      code: `builder.Services.AddSignalR(options => options.KeepAliveInterval = TimeSpan.FromSeconds(${seconds}));`,
    },
  } as const;
};

const POLL = {
  where: "server",
  text: "For long polling: let the server answer a poll before the proxy's time is over.",
  snippet: {
    language: "cs",
    code: 'app.MapHub<YourHub>("/hub", options => options.LongPolling.PollTimeout = TimeSpan.FromSeconds(20));',
  },
} as const;
