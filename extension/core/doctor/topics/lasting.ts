/** Connections that are left open: pings, and whether they last. */
import type { DoctorStayed } from "../../events/doctor-events.ts";
import { duration } from "../../text/format.ts";
import type { Milliseconds } from "../../units.ts";
import { capitalised, quoted, transportName, transportNames } from "../names.ts";
import type { DoctorProblem, DoctorVerdict, Place } from "../report.ts";
import type { DoctorSeen } from "../seen.ts";
import { endedByServer } from "./ended-by-server.ts";

const TIMEOUTS = "https://learn.microsoft.com/aspnet/core/signalr/configuration#configure-additional-options";

/** Server timeout of the client, unless the app has changed it. */
const SERVER_TIMEOUT: Milliseconds = 30_000;

/** ASP.NET Core looks once a second whether a ping is due, and timers are never exact. */
const LATE: Milliseconds = 1_500;

export function keepAlive({ stays, app }: DoctorSeen): DoctorVerdict | null {
  const topic = "keep-alive";
  // Long polls need no pings.
  const heard = stays.filter(({ transport }) => transport !== "LongPolling");
  const [first] = heard;
  if (!first) return null;
  const interval = heard.find((one) => one.interval !== undefined)?.interval;
  if (interval === undefined)
    return {
      topic,
      result: "cant-tell",
      title: "The server's pings",
      say: `None came within ${duration(first.duration)}. By default there is one every 15 s: leave connections open for longer to see it.`,
    };
  const timeout = app?.serverTimeout ?? SERVER_TIMEOUT;
  const whose = app ? "the app's client takes" : "a client takes, by default,";
  const say = `The server pings every ${duration(interval)}; ${whose} a connection for lost after ${duration(timeout)} of silence.`;
  if ((interval - LATE) * 2 <= timeout)
    return { topic, result: "fine", title: "Pings come often enough", say };
  return {
    topic,
    result: "problem",
    where: "app",
    confidence: app ? "medium" : "low",
    title: "The client gives up before a late ping can come",
    say,
    advice:
      "Set the client's server timeout to at least twice the server's keep-alive interval, or make that interval shorter.",
    snippet: {
      language: "TypeScript",
      code: `.withServerTimeout(${Math.round(interval / 1_000) * 2_000})`,
    },
    link: TIMEOUTS,
  };
}

export function staying(seen: DoctorSeen): DoctorVerdict | null {
  const topic = "stay";
  const { stays, began, away } = seen;
  if (stays.length === 0) return null;
  const lost = stays.filter((one) => one.lost);
  // A poll is a request of its own, and says least of what lasts.
  const first =
    (allAtOnce(stays) ? lost.find(endedByServer) : undefined) ??
    lost.find(({ transport }) => transport !== "LongPolling") ??
    lost[0];
  if (!first)
    return {
      topic,
      result: "fine",
      title: `Connections stay open for ${duration(began.stay)}`,
      say: `${capitalised(transportNames(stays.map(({ transport }) => transport)))}, without messages. Longer wasn't tried.`,
    };
  const others = stays.filter((one) => !one.lost).map(({ transport }) => transport);
  const say = `${capitalised(lost.map((one) => `${transportName(one.transport)} after ${duration(one.duration)}`).join(", "))}${first.error === undefined ? "" : ` (${quoted(first.error)})`}, without messages.${others.length === 0 ? "" : ` ${capitalised(transportNames(others))} stayed open.`}`;
  if (away !== null)
    return {
      topic,
      result: "cant-tell",
      title: `Connections were lost; the ${away === "offline" ? "browser was offline" : "page was frozen"}`,
      say: `${say} Try again.`,
    };
  return { topic, result: "problem", ...whyLost(first, say, seen) };
}

type Why = Omit<DoctorProblem, "topic" | "result">;

/**
 * They are opened together. An idle timeout of a gateway may end all of them at the same moment, too, but then it answers the poll:
 * 504.
 */
function allAtOnce(stays: readonly DoctorStayed[]): boolean {
  const ends = stays.map((one) => one.duration);
  return (
    stays.length > 1 &&
    stays.every(({ lost }) => lost) &&
    stays.some((one) => one.transport === "LongPolling" && statusOf(one) !== 504) &&
    Math.max(...ends) - Math.min(...ends) < SAME_MOMENT
  );
}

const SAME_MOMENT: Milliseconds = 1_000;

function whyLost(first: DoctorStayed, say: string, { began, stays }: DoctorSeen): Why {
  const { error, pings, transport } = first;
  const why = (
    where: Place,
    confidence: Why["confidence"],
    title: string,
    said: string,
    advice: string,
  ): Why => ({ where, confidence, title, say: said, advice });
  if (error?.startsWith("Server timeout elapsed"))
    return pings === 0
      ? why(
          "server",
          "low",
          "The server's pings don't come",
          say,
          "Look at the server's KeepAliveInterval: the client's server timeout has to be at least twice as long. Or something on the way swallows the pings.",
        )
      : why(
          "between",
          "low",
          "Connections go silent",
          `${say} Before that the server's pings had come.`,
          "Look for a network that was away, or a server that hung.",
        );
  const status = statusOf(first);
  if (status === 401 || status === 403) {
    const ended = began.tokenExpiresAt !== undefined && began.tokenExpiresAt <= first.t;
    return why(
      ended ? "app" : "server",
      ended ? "medium" : "low",
      ended ? "The token ended while the connection was open" : "The server refuses requests after a while",
      say,
      "Let tokens last longer, or let the app connect again with a new one.",
    );
  }
  if (endedByServer(first))
    return why(
      "server",
      "medium",
      "The server closes connections",
      say,
      "Look at the server's log at this time: a limit of lifetime, a token that ended, a restart, Context.Abort(), or a hub that allows only one connection for a user.",
    );
  if (allAtOnce(stays))
    return why(
      "between",
      "low",
      "All connections were cut at the same moment",
      `${say} An idle timeout would hardly end all of them at once.`,
      "Look for a restart of server or proxy, a network that changed, or a limit of the lifetime of connections.",
    );
  const idle = pings === 0 && first.duration >= SHORTEST_IDLE && transport !== "LongPolling";
  if (!idle)
    return why(
      "between",
      "low",
      "Connections are cut on the way",
      pings === 0 ? say : `${say} The server's pings had come until then, so it was no idle timeout.`,
      "Look for a limit of the lifetime of connections in a proxy or load balancer, a restart, or a network that changed.",
    );
  return {
    ...why(
      "between",
      "medium",
      "Connections are cut on the way",
      `${say} Before it nothing had come for ${duration(first.duration)}.`,
      "Probably an idle timeout of a proxy or load balancer. Make it longer, or let the server ping more often than that.",
    ),
    snippet: {
      language: "C#",
      code: "builder.Services.AddSignalR(options => options.KeepAliveInterval = TimeSpan.FromSeconds(5));",
    },
    link: TIMEOUTS,
  };
}

/** Idle timeouts are hardly shorter. */
const SHORTEST_IDLE: Milliseconds = 2_000;

/** Of a request that was refused: a poll. */
const statusOf = ({ status, error }: DoctorStayed): number | undefined =>
  status ?? (Number(/Status code '(\d{3})'/.exec(error ?? "")?.[1] ?? "") || undefined);
