import { hostOf } from "../../../protocol/addresses.ts";
import { counted, duration } from "../../../text/format.ts";
import type { Milliseconds } from "../../../units.ts";
import { hangsIn } from "../hangs-in.ts";
import { named } from "../named.ts";
import { obstacleOf } from "../../obstacles.ts";
import {
  cantTell,
  DOCS,
  found,
  notApplicable,
  ok,
  type FindingKind,
  type HubHistory,
  type Moment,
} from "../finding.ts";
import { median } from "../history-parts.ts";
import { triesOf } from "../natural.ts";
import { connectsOf, lastUrl } from "./connects.ts";

/** A healthy service takes less than a second. */
const SLOW: Milliseconds = 5_000;

export const azureRedirect: FindingKind = {
  group: "transport",
  subject: "The server that the negotiate names",
  title: "The server that the negotiate names can't be reached, or is slow",
  when: "the server to which the negotiate redirects was never connected, or failed more often than it worked; or connecting there takes 5 s as a median",
  why: "The negotiate sends the client to another host (Azure SignalR Service). A firewall, a Content Security Policy or a proxy that knows only the app's own host blocks it.",
  link: `${DOCS}azure/azure-signalr/signalr-concept-client-negotiation`,
  scenario: null,
  check(history) {
    const redirected = history.hubs.flatMap((hub) =>
      hub.requests.flatMap(({ ended }) =>
        ended?.redirectUrl === undefined || ended.fault !== undefined ? [] : [hostOf(ended.redirectUrl)],
      ),
    );
    const [host] = redirected;
    if (host === undefined) return notApplicable("No negotiate redirects to another server.");
    const hosts = new Set(redirected);
    const tries = triesOf(history);
    const failed = tries.flatMap(({ hub, attempt, t }): Moment[] => {
      const obstacle = obstacleOf(attempt.outcome);
      return obstacle && hosts.has(hostOf(lastUrl(hub, attempt) ?? ""))
        ? [{ t, hubKey: hub.key, text: obstacle.title }]
        : [];
    });
    const hanging = hangsAt(history);
    const times = connectsOf(history).flatMap(({ requests, transports }) => {
      const since = requests.find(({ ended }) => ended?.redirectUrl)?.ended?.t;
      const until = transports.at(-1)?.handshakeAt;
      return since === undefined || typeof until !== "number" ? [] : [until - since];
    });
    const usual = times.length > 0 ? median(times) : null;
    const bad = failed.length + hanging.length;
    // One failure among connects that work is a passing one.
    const isBlocked = times.length === 0 ? bad > 0 : bad >= 2 && bad > times.length;
    if (!isBlocked && (usual === null || usual < SLOW))
      return usual === null
        ? cantTell("No connect through the redirect was recorded to its end.")
        : ok(`Connected at ${named(host)} within ${duration(usual)} (median of ${times.length}).`);
    return found(
      times.length === 0 ? "high" : "medium",
      isBlocked
        ? `${counted(bad, "try", "tries")} got no connection at ${named(host)}, to which the negotiate redirects.`
        : `Connecting at ${named(host)} takes ${duration(usual ?? 0)} after the redirect (median of ${times.length}).`,
      {
        measured: [
          { label: "Failed or hanging there", value: bad, unit: "count" },
          { label: "Connected there", value: times.length, unit: "count" },
          ...(usual === null
            ? []
            : [{ label: "Median time", value: Math.round(usual), unit: "ms" } as const]),
        ],
        moments: [
          ...failed,
          ...hanging,
          ...(isBlocked
            ? []
            : connectsOf(history).map(({ hub, attempt }) => ({
                t: attempt.startedAt ?? attempt.from,
                hubKey: hub.key,
                text: "Slow connect through the redirect",
              }))),
        ],
        changes: [
          {
            where: "proxy",
            text: `Let clients reach ${named(host)} by HTTPS and WebSocket (port 443), also from company networks.`,
          },
          {
            where: "server",
            text: "Allow that host in the page's Content Security Policy, with https: and wss:.",
            snippet: {
              language: "cs",
              code: `context.Response.Headers.ContentSecurityPolicy = "connect-src 'self' https://${named(host)} wss://${named(host)}";`,
            },
          },
        ],
      },
    );
  },
};

const hangsAt = (history: HubHistory): Moment[] =>
  hangsIn(history).flatMap(({ hub, wait, faults, from, length }): Moment[] =>
    wait.step === "redirect" && faults.length === 0
      ? [{ t: from, hubKey: hub.key, text: `No answer for ${duration(length)}` }]
      : [],
  );
