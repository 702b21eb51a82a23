import { counted, duration } from "../../../text/format.ts";
import { cantTell, DOCS, found, notApplicable, ok, type FindingKind, type Moment } from "../finding.ts";

export const statefulWindowMissed: FindingKind = {
  group: "state",
  subject: "Time to resume",
  title: "Resumed too late",
  why: "The server keeps a lost connection for a short time. A client that comes back later gets a new id: its groups and the messages sent in the meantime are gone, although stateful reconnect is on.",
  link: `${DOCS}azure/azure-signalr/signalr-concept-client-disconnections`,
  scenario: "stateful-window-missed",
  check({ hubs }) {
    const granted = hubs.flatMap(({ stateful, ...hub }) => (stateful?.granted ? [{ ...hub, stateful }] : []));
    if (granted.length === 0) return notApplicable("Stateful reconnect isn't in use.");
    const resumes = granted.flatMap((hub) => hub.stateful.resumes.map((resume) => ({ hub, resume })));
    const refused = resumes.filter(({ resume }) => resume.outcome === "refused");
    const [first] = refused;
    if (!first)
      return resumes.some(({ resume }) => resume.outcome === "resumed")
        ? ok("Each lost connection was resumed in time.")
        : cantTell("No lost connection was resumed.");
    const { window } = first.hub.stateful;
    const late = refused.filter(({ resume }) => resume.startedAt - resume.lostAt > window);
    const waits = refused.map(({ resume }) => resume.startedAt - resume.lostAt);
    return found(
      "medium",
      late.length > 0
        ? `${counted(refused.length, "resume was", "resumes were")} refused; the connection had been lost for up to ${duration(Math.max(...waits))}, and can be resumed for ${duration(window)}.`
        : `${counted(refused.length, "resume was", "resumes were")} refused, although tried ${duration(Math.min(...waits))} after the loss: the server had restarted, or another one was asked.`,
      {
        measured: [
          { label: "Refused resumes", value: refused.length, unit: "count" },
          { label: "Longest time until the try", value: Math.max(...waits), unit: "ms" },
          { label: "Time to resume", value: window, unit: "ms" },
        ],
        moments: refused.map(({ hub, resume }): Moment => ({
          t: resume.startedAt,
          hubKey: hub.key,
          text: `Resume refused ${duration(resume.startedAt - resume.lostAt)} after the loss`,
        })),
        changes: [
          {
            where: "client",
            text: "The client tries to resume once, right after it notices the loss. Notice it sooner: a shorter serverTimeoutInMilliseconds, with a KeepAliveInterval on the server of half of it at most.",
            snippet: {
              language: "ts",
              code: `connection.serverTimeoutInMilliseconds = 10_000; // with KeepAliveInterval = 5 s on the server`,
            },
          },
          {
            where: "client",
            text: "Join groups again and fetch missed messages in onreconnected: with a new id they are gone.",
          },
        ],
      },
    );
  },
};
