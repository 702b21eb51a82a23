import { onAzure } from "../../../model/hosting.ts";
import { CLOSE } from "../../../protocol/terms.ts";
import { counted } from "../../../text/format.ts";
import {
  DOCS,
  found,
  notApplicable,
  okSoFar,
  type FindingKind,
  type HubHistory,
  type Moment,
} from "../finding.ts";
import { isInjected, refusalMoment, triesOf } from "../natural.ts";
import { isByAzure, throttled } from "./negotiate-throttled.ts";

/** What the service says when a unit has no room. */
const NO_ROOM =
  /connection count reaches|quota|too many connections|limit.{0,20}exceeded|exceed.{0,20}limit/i;

export const azureUnits: FindingKind = {
  group: "transport",
  subject: "Units of Azure SignalR Service",
  title: "Azure SignalR Service has no room",
  when: "Azure SignalR Service answered 429, or refused with a text about its limits",
  why: "A unit takes a certain number of connections. Above that, the service refuses clients, and those that retry without a pause keep it full.",
  link: `${DOCS}azure/azure-signalr/signalr-howto-troubleshoot-guide`,
  scenario: "throttled-negotiate",
  check(history) {
    const { hubs } = history;
    if (!hubs.some(({ hosting }) => onAzure(hosting)))
      return notApplicable("Azure SignalR Service isn't in use, as far as seen.");
    const refused = throttled(history).filter(isByAzure);
    const told = toldIn(history);
    if (refused.length + told.length === 0)
      return okSoFar("The service refused no connection for want of room.");
    return found(
      "high",
      `Azure SignalR Service refused ${counted(refused.length + told.length, "time")} (${refused.length > 0 ? "429" : "limit reached"}).`,
      {
        measured: [
          { label: "Answered with 429", value: refused.length, unit: "count" },
          { label: "Refused by a message", value: told.length, unit: "count" },
        ],
        moments: [...refused.map(refusalMoment), ...told],
        changes: [
          {
            where: "azure",
            text: "Raise the number of units, or let it scale by itself (Premium tier).",
            snippet: {
              language: "sh",
              code: "az signalr update --name YOUR_SIGNALR --resource-group YOUR_GROUP --unit-count 2",
            },
          },
          {
            where: "client",
            text: "Open one connection for each page, stop() it when the page no longer needs it, and retry with random delays.",
          },
        ],
      },
    );
  },
};

function toldIn(history: HubHistory): Moment[] {
  const handshakes = triesOf(history).flatMap(({ hub, attempt: { outcome }, t }): Moment[] =>
    outcome.kind === "handshake-failed" && NO_ROOM.test(outcome.error)
      ? [{ t, hubKey: hub.key, text: "Handshake refused: no room" }]
      : [],
  );
  const closes = history.hubs.flatMap(({ messages, key, page }): Moment[] => {
    const own: Moment[] = [];
    for (let i = messages.firstFrom(history.from); i < messages.length; i++) {
      const { type, direction, error } = messages.headAt(i);
      if (type !== CLOSE || direction !== "in" || error === undefined || !NO_ROOM.test(error)) continue;
      const t = messages.timeAt(i);
      if (!isInjected(history, { page }, t)) own.push({ t, hubKey: key, text: "Close message: no room" });
    }
    return own;
  });
  return [...handshakes, ...closes];
}
