import type { FaultDetails } from "../faults/fault-details.ts";
import { FAULT_DETAILS } from "../faults/vocabulary.ts";
import type { HubConnectionModel } from "../model/types.ts";
import type { JudgedRun } from "./judgement.ts";
import { watchedHubs } from "./presence.ts";
import type { Need, Scenario } from "./scenario.ts";

/** Why a scenario is not applicable to this page now; null: it is. */
export function whyNotApplicable(
  { needs = [], steps }: Scenario,
  run: JudgedRun,
  browser: "chromium" | "firefox",
): string | null {
  const watched = watchedHubs(run);
  if (watched.size === 0) return "No SignalR connection is open on this page.";
  const all = new Set<Need>(needs);
  for (const step of steps) {
    if (step.do !== "inject") continue;
    const { only }: FaultDetails = FAULT_DETAILS[step.fault.name];
    if (only === "Chromium") all.add("chromium");
    if (only === "WebSockets") all.add("web-sockets");
  }
  const hubs = run.model.hubs.filter(({ url }) => watched.has(url));
  for (const need of all) {
    if (need === "chromium" && browser !== "chromium") return "Available in Chromium only.";
    if (need !== "chromium" && !hubs.some(IS_MET[need])) return NOT_MET[need];
  }
  return null;
}

const IS_MET: Readonly<Record<Exclude<Need, "chromium">, (hub: HubConnectionModel) => boolean>> = {
  stateful: ({ stateful }) => stateful?.granted === true,
  "web-sockets": ({ transport }) => transport === "WebSockets",
  negotiate: ({ requests }) => requests.length > 0,
  token: ({ requests, transports }) =>
    requests.some(({ started }) => started.tokenExpiresAt !== undefined) ||
    transports.some(({ tokenExpiresAt, url }) => tokenExpiresAt !== null || /[?&]access_token=/.test(url)),
  circuit: ({ circuit }) => circuit !== null,
};

const NOT_MET: Readonly<Record<Exclude<Need, "chromium">, string>> = {
  stateful: "No connection here uses stateful reconnect: the client must request it and the server grant it.",
  "web-sockets": "No connection here uses a WebSocket.",
  negotiate: "No connection here uses negotiate.",
  circuit: "No Blazor Server circuit was detected here.",
  token: "No access token of a connection was detected here.",
};
