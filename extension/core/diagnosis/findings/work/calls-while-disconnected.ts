import { counted } from "../../../text/format.ts";
import { named } from "../named.ts";
import { cantTell, DOCS, found, okSoFar, type FindingKind, type Moment } from "../finding.ts";

export const callsWhileDisconnected: FindingKind = {
  group: "work",
  subject: "Calls without a connection",
  title: "Calls while not connected",
  when: "the app called a method while not connected, and didn't catch the error (known only with the client probe)",
  why: "A call in any other state than Connected fails at once. What the user did then is lost, unless the app keeps it or shows that it can't be done now.",
  link: `${DOCS}aspnet/core/signalr/javascript-client#reconnect-clients`,
  scenario: "wifi-drop-5s",
  check({ hubs }) {
    const all = hubs.flatMap((hub) =>
      hub.mistakes.filter(({ mistake }) => mistake === "not-connected").map((one) => ({ hub, one })),
    );
    const times = all.reduce((sum, { one }) => sum + one.count, 0);
    const [first] = all;
    if (!first)
      return hubs.some(({ hub }) => hub !== null) &&
        hubs.some(({ interruptions }) => interruptions.length > 0)
        ? okSoFar(
            "No call failed because there was no connection, as far as the app left such errors uncaught.",
          )
        : cantTell("The connection was never lost, or the client probe is off.");
    return found(
      "medium",
      `The app called ${counted(times, "time")} while it was not connected, and didn't catch the error.`,
      {
        measured: [{ label: "Calls while not connected", value: times, unit: "count" }],
        moments: all.map(({ hub, one }): Moment => ({
          t: one.from,
          hubKey: hub.key,
          text: `${one.target === null ? "Call" : named(one.target)} while not connected`,
        })),
        changes: [
          {
            where: "client",
            text: "Switch the controls off while the state isn't Connected, or keep what the user did and send it in onreconnected.",
            snippet: { language: "ts", code: QUEUE_CODE },
          },
        ],
      },
    );
  },
};

const QUEUE_CODE = `const waiting: { method: string; args: unknown[] }[] = [];
async function sendOrKeep(method: string, ...args: unknown[]) {
  waiting.push({ method, args });
  await sendWaiting();
}
// Also after start(): what is not sent stays in the list.
async function sendWaiting() {
  while (waiting[0] && connection.state === signalR.HubConnectionState.Connected) {
    await connection.send(waiting[0].method, ...waiting[0].args);
    waiting.shift();
  }
}
connection.onreconnected(sendWaiting);`;
