import { duplicatesOf } from "../../../model/duplicates.ts";
import { hubName } from "../../../model/hub-name.ts";
import { counted } from "../../../text/format.ts";
import { cantTell, DOCS, found, ok, type FindingKind, type Moment } from "../finding.ts";

export const duplicateConnections: FindingKind = {
  group: "state",
  subject: "One connection to a hub",
  title: "Several connections to one hub at once",
  when: "two connections of one page to the hub were connected together for at least a second",
  why: "A connection that was started twice and never stopped gets each message twice, costs the server twice, and counts twice against Azure's limit of connections.",
  link: `${DOCS}aspnet/core/signalr/javascript-client#connect-to-a-hub`,
  scenario: "crash",
  check({ hubs, now }) {
    const own = hubs.filter(({ circuit }) => circuit === null);
    const connected = own.filter(({ states }) => states.some(({ state }) => state === "connected"));
    if (connected.length === 0) return cantTell("Nothing was connected.");
    const doubled = connected.filter((hub) => duplicatesOf(hub, connected, now).length > 0);
    if (doubled.length === 0) return ok("There was one connection to this hub at a time.");
    return found(
      "medium",
      `${counted(doubled.length, "connection")} of one page to this hub were connected at the same time.`,
      {
        measured: [{ label: "Connections at the same time", value: doubled.length, unit: "count" }],
        moments: doubled.flatMap((hub): Moment[] => {
          const since = hub.states.find(({ state }) => state === "connected")?.from;
          return since === undefined
            ? []
            : [{ t: since, hubKey: hub.key, text: `${hubName(hub)} connected` }];
        }),
        changes: [
          {
            where: "client",
            text: "Create the connection once, outside of components, and stop() it when the component that made it ends.",
            snippet: {
              language: "ts",
              code: `// one module for the whole app\nexport const connection = new signalR.HubConnectionBuilder()\n  .withUrl(${JSON.stringify(hubs[0]?.url ?? "/hub")})\n  .withAutomaticReconnect(policy) // as it is\n  .build();`,
            },
          },
        ],
      },
    );
  },
};
