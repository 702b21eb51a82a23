/** Connections that are left open: pings, and whether they last. */
import type { DoctorStayed } from "../../events/doctor-events.ts";
import { duration } from "../../text/format.ts";
import type { DoctorVerdict } from "../report.ts";
import type { DoctorSeen } from "../seen.ts";

const TIMEOUTS = "https://learn.microsoft.com/aspnet/core/signalr/configuration#configure-additional-options";

/** Server timeout of the client, unless the app has changed it. */
const SERVER_TIMEOUT = 30_000;

export function keepAlive({ stays, app }: DoctorSeen): DoctorVerdict | null {
  const topic = "keep-alive";
  // Long polls need no pings.
  const heard = stays.filter(({ transport }) => transport !== "LongPolling");
  const [first] = heard;
  if (!first) return null;
  const pinged = heard.find(({ interval }) => interval !== undefined);
  if (pinged?.interval === undefined)
    return {
      topic,
      result: "cant-tell",
      title: "The server's pings",
      say: `None came within ${duration(first.duration)}. By default there is one every 15 s: leave connections open for longer to see it.`,
    };
  const timeout = app?.serverTimeout ?? SERVER_TIMEOUT;
  const say = `The server pings every ${duration(pinged.interval)}; the app's client takes a connection for lost after ${duration(timeout)} of silence.`;
  if (pinged.interval * 2 <= timeout + SLACK)
    return { topic, result: "fine", title: "Pings come often enough", say };
  return {
    topic,
    result: "problem",
    where: "app",
    confidence: "medium",
    title: "The app's client gives up before a late ping can come",
    say,
    advice: "Set the client's server timeout to at least twice the server's keep-alive interval.",
    snippet: {
      language: "TypeScript",
      code: `.withServerTimeout(${Math.ceil((pinged.interval * 2) / 1_000) * 1_000})`,
    },
    link: TIMEOUTS,
  };
}

/** Timers are never exact. */
const SLACK = 500;

export function staying({ stays, began }: DoctorSeen): DoctorVerdict | null {
  const topic = "stay";
  if (stays.length === 0) return null;
  const lost = stays.filter((one) => one.lost);
  const [first] = lost;
  if (!first)
    return {
      topic,
      result: "fine",
      title: "Connections last",
      say: `${stays.map(({ transport }) => transport).join(", ")}: still open after ${duration(began.stay)} without messages.`,
    };
  const say = `${lost.map((one) => `${one.transport} after ${duration(one.duration)}`).join(", ")}${first.error === undefined ? "" : ` (“${first.error}”)`}, without messages.`;
  if (byServer(first))
    return {
      topic,
      result: "problem",
      where: "server",
      confidence: "medium",
      title: "The server closes connections",
      say,
      advice: "Look at the server's log at this time: a limit of lifetime, a token that ended, or a restart.",
    };
  if (!isIdle(first))
    return {
      topic,
      result: "problem",
      where: "between",
      confidence: "low",
      title: "Connections are cut on the way",
      say: `${say} The server's pings had come until then, so it was no idle timeout.`,
      advice:
        "Look for a limit of a connection's lifetime in a proxy or load balancer, and at the server: did it restart?",
    };
  return {
    topic,
    result: "problem",
    where: "between",
    confidence: "medium",
    title: "Connections are cut on the way",
    say: `${say} Before it nothing had come for ${duration(first.duration)}.`,
    advice:
      "Probably an idle timeout of a proxy or load balancer. Make it longer, or let the server ping more often than that.",
    snippet: {
      language: "C#",
      code: "builder.Services.AddSignalR(options => options.KeepAliveInterval = TimeSpan.FromSeconds(5));",
    },
    link: TIMEOUTS,
  };
}

/** It sent a Close message. */
const byServer = ({ error }: DoctorStayed): boolean =>
  error?.includes("Server returned an error on close") === true;

const isIdle = ({ pings }: DoctorStayed): boolean => pings === 0;
