import { counted, duration } from "../../../text/format.ts";
import type { HubConnectionModel, ResumeModel } from "../../../model/types.ts";
import type { EpochMilliseconds } from "../../../units.ts";
import { cantTell, DOCS, found, notApplicable, ok, type FindingKind, type Moment } from "../finding.ts";

export const statefulWindowMissed: FindingKind = {
  group: "state",
  subject: "Time to resume",
  title: "Resumed too late",
  when: "a resume was refused, and the server had sent its last message longer ago than it keeps a connection (15 s, on Azure 30 s)",
  why: "The server keeps a lost connection for a short time. A client that comes back later gets a new id: its groups and the messages sent in the meantime are gone, although stateful reconnect is on.",
  link: `${DOCS}azure/azure-signalr/signalr-concept-client-disconnections`,
  scenario: "stateful-window-missed",
  check({ hubs }) {
    const granted = hubs.flatMap(({ stateful, ...hub }) => (stateful?.granted ? [{ ...hub, stateful }] : []));
    if (granted.length === 0) return notApplicable("Stateful reconnect isn't in use.");
    const resumes = granted.flatMap((hub) =>
      hub.stateful.resumes.map((resume) => ({
        hub,
        resume,
        wait: resume.startedAt - lastHeard(hub, resume),
      })),
    );
    const refused = resumes.filter(({ resume }) => resume.outcome === "refused");
    const late = refused.filter(({ hub, wait }) => wait > hub.stateful.window);
    const [first] = late;
    if (!first) {
      if (refused.length > 0)
        return ok(
          "A resume was refused soon after the loss: the server had restarted, or another one was asked.",
        );
      return resumes.some(({ resume }) => resume.outcome === "resumed")
        ? ok("Each lost connection was resumed in time.")
        : cantTell("No lost connection was resumed.");
    }
    const longest = Math.max(...late.map(({ wait }) => wait));
    return found(
      "medium",
      `${counted(late.length, "resume was", "resumes were")} refused: tried ${duration(longest)} after the last message of the server, which keeps a connection for ${duration(first.hub.stateful.window)}.`,
      {
        measured: [
          { label: "Resumes that came too late", value: late.length, unit: "count" },
          { label: "Longest time until the try", value: longest, unit: "ms" },
          { label: "Time to resume", value: first.hub.stateful.window, unit: "ms" },
        ],
        moments: late.map(({ hub, resume, wait }): Moment => ({
          t: resume.startedAt,
          hubKey: hub.key,
          text: `Resume refused ${duration(wait)} after the last message`,
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

/** When the server was last heard before that loss. A client may notice a loss long after it. */
function lastHeard(
  { transports }: Pick<HubConnectionModel, "transports">,
  { lostAt }: ResumeModel,
): EpochMilliseconds {
  const heard = transports.flatMap(({ lastIn }) => (lastIn !== null && lastIn <= lostAt ? [lastIn] : []));
  return heard.length === 0 ? lostAt : Math.max(...heard);
}
