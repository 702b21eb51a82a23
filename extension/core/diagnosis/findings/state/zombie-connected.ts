import { duration } from "../../../text/format.ts";
import type { Milliseconds } from "../../../units.ts";
import { hangsIn } from "../hangs-in.ts";
import { DEFAULT_TIMEOUT, silencesOf } from "../silence.ts";
import {
  DOCS,
  cantTell,
  found,
  momentOf,
  okSoFar,
  type Change,
  type FindingKind,
  type Moment,
} from "../finding.ts";

export const zombieConnected: FindingKind = {
  group: "state",
  subject: "Connected means connected",
  title: "Connected, but nothing arrives",
  when: "the client missed the end of its transport; or it is Connected, and the server has sent nothing yet for longer than the server timeout; or it went on sending for 35 s to a server that had fallen silent, because its server timeout is longer than 30 s",
  why: "The client says Connected although its transport has ended or nothing comes through. The app shows no error and waits for messages that never come.",
  link: `${DOCS}aspnet/core/signalr/javascript-client#reconnect-clients`,
  scenario: null,
  check(history) {
    const { hubs, now } = history;
    const missed = hubs.flatMap((hub) => hub.interruptions.filter(({ missedByClient }) => missedByClient));
    const silent = hangsIn(history).filter(
      ({ wait }) => wait.step === "first-ping" || wait.step === "no-transport",
    );
    const late = hubs.flatMap(silencesOf);
    if (missed.length + silent.length + late.length === 0)
      return hubs.some(({ states }) => states.some(({ state }) => state === "connected"))
        ? okSoFar("While the client was connected, its transport was, too.")
        : cantTell("Nothing was connected.");
    const times = [
      ...missed.map(({ from: since, until }) => (until ?? now) - since),
      ...silent.map(({ from: since, until }) => (until ?? now) - since),
      ...late.map(({ from: since, until }) => until - since),
    ];
    return found(
      "high",
      `The client said Connected for ${duration(Math.max(...times))} without ${missed.length > 0 ? "a transport" : "a message from the server"}.`,
      {
        measured: [
          { label: "Times", value: times.length, unit: "count" },
          { label: "Longest", value: Math.max(...times), unit: "ms" },
        ],
        moments: [
          ...missed.map((one) => momentOf(one, "The client missed the end of its transport")),
          ...silent.map((one): Moment => ({
            t: one.from,
            hubKey: one.hub.key,
            text: "Connected, without a message",
          })),
          ...late.map((one): Moment => ({
            t: one.from,
            hubKey: one.hub.key,
            text: "Last message of the server",
          })),
        ],
        changes: [
          ...late.slice(0, 1).map(({ hub }) => timeoutChange(hub.serverTimeout ?? DEFAULT_TIMEOUT)),
          {
            where: "client",
            text: "Use a current client, and check from time to time that an invoke() is answered; stop() and start() the connection if not.",
            snippet: {
              language: "ts",
              code: `setInterval(async () => {\n  if (connection.state !== signalR.HubConnectionState.Connected) return;\n  const late = new Promise((_, no) => setTimeout(no, 10_000, "late"));\n  try {\n    await Promise.race([connection.invoke("Ping"), late]);\n  } catch {\n    await connection.stop();\n    await connection.start();\n  }\n}, 60_000);`,
            },
          },
        ],
      },
    );
  },
};

/** The client noticed nothing because it waits for too long. */
const timeoutChange = (serverTimeout: Milliseconds): Change => ({
  where: "client",
  text: `serverTimeoutInMilliseconds is ${duration(serverTimeout)}: the client notices a silent network only then. Make it twice the server's KeepAliveInterval.`,
  snippet: { language: "ts", code: "connection.serverTimeoutInMilliseconds = 30_000;" },
});
