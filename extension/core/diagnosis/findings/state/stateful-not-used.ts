import { verdictOf } from "../../diagnose.ts";
import type { CauseName } from "../../verdict.ts";
import { counted, duration } from "../../../text/format.ts";
import { resumeWindow } from "../../../protocol/defaults.ts";
import { onAzure } from "../../../model/hosting.ts";
import { cantTell, DOCS, found, momentOf, notApplicable, ok, okSoFar, type FindingKind } from "../finding.ts";
import { isBlazor, lossesOf } from "../history-parts.ts";
import { hadCost, hasNewId, isBack } from "../loss-cost.ts";
import { majorOf } from "../client-version.ts";

/** The first JavaScript client that has it. */
const SINCE = 8;

/** Losses on the way between client and server. A server that restarts or closes the connection doesn't know it any more. */
const BRIDGED = new Set<CauseName>([
  "injected",
  "abrupt-loss",
  "offline",
  "server-timeout",
  "idle-timeout",
  "lifetime-limit",
  "tab-frozen",
]);

export const statefulNotUsed: FindingKind = {
  group: "state",
  subject: "Stateful reconnect",
  title: "Stateful reconnect isn't used",
  when: "a client since version 8 doesn't ask for it, and a loss on the network, shorter than the time to resume cost calls, messages or groups",
  why: "With stateful reconnect a short loss keeps the connection id: groups stay, messages of both sides are sent again, and the app notices nothing.",
  link: `${DOCS}aspnet/core/signalr/configuration#configure-stateful-reconnect`,
  scenario: "wifi-drop-5s",
  check(history) {
    const { hubs, now, url } = history;
    if (isBlazor(history)) return notApplicable("A Blazor circuit keeps its state on the server.");
    if (hubs.some(({ stateful }) => stateful?.asked)) return ok("The client asks for it.");
    const version = hubs.find(({ clientVersion }) => clientVersion !== null)?.clientVersion ?? null;
    const major = majorOf(version);
    if (major === null) return cantTell("The client's version isn't known.");
    if (major < SINCE) return notApplicable(`Client ${version} doesn't have it yet (since ${SINCE}.0).`);
    if (!hubs.some(({ transport }) => transport === "WebSockets"))
      return notApplicable("It works over WebSockets only.");
    const losses = lossesOf(history);
    if (losses.length === 0) return cantTell("The connection was never lost.");
    const saved = losses.filter((lost) => {
      const { interruption, hub } = lost;
      const { from, until } = interruption;
      const short = (until ?? now) - from <= resumeWindow(onAzure(hub.hosting));
      const { cause } = verdictOf(interruption);
      return BRIDGED.has(cause) && isBack(lost) && hasNewId(interruption) && short && hadCost(lost, now);
    });
    const [first] = saved;
    if (!first) return okSoFar("No loss cost the app something that stateful reconnect would have kept.");
    const { from, until } = first.interruption;
    const window = resumeWindow(onAzure(first.hub.hosting));
    return found(
      "medium",
      `${counted(saved.length, "loss was", "losses were")} shorter than the ${duration(window)} in which a connection can be resumed (${duration((until ?? now) - from)}), and cost calls, messages or groups.`,
      {
        measured: [
          { label: "Losses that it may have bridged", value: saved.length, unit: "count" },
          { label: "Time to resume", value: window, unit: "ms" },
        ],
        moments: saved.map(({ interruption }) =>
          momentOf(interruption, "Came back with a new connection id"),
        ),
        changes: [
          {
            where: "client",
            text: "Add withStatefulReconnect().",
            snippet: {
              language: "ts",
              code: `new signalR.HubConnectionBuilder()\n  .withUrl(${JSON.stringify(url)})\n  .withAutomaticReconnect(policy) // as it is: see "Gives up reconnecting"\n  .withStatefulReconnect()\n  .build();`,
            },
          },
          {
            where: "server",
            text: "Set AllowStatefulReconnects for the hub.",
            snippet: { language: "cs", code: allowCode(history.hubs[0]?.path ?? "/hub") },
          },
        ],
      },
    );
  },
};

export const allowCode = (path: string): string =>
  `app.MapHub<YourHub>(${JSON.stringify(path)}, options => options.AllowStatefulReconnects = true);`;
