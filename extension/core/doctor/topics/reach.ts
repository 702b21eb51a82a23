import type { DoctorNegotiated } from "../../events/doctor-events.ts";
import { hostOf, isAzureHost, originOf } from "../../protocol/addresses.ts";
import { counted, duration } from "../../text/format.ts";
import type { DoctorVerdict } from "../report.ts";
import { direct, type DoctorSeen } from "../seen.ts";

const topic = "reach";
const HUB_OPTIONS = "https://learn.microsoft.com/aspnet/core/signalr/security";

/** Whether the hub answers a negotiate. */
export function reach(seen: DoctorSeen): DoctorVerdict | null {
  const { negotiates, began } = seen;
  // Where a negotiate was redirected by its answer, only the last one counts.
  const last = negotiates.filter(({ redirectUrl }) => redirectUrl === undefined);
  const failed = last.filter((one) => !isAnswer(one));
  const [first] = failed;
  if (last.length === 0) return null;
  if (!first) return reached(negotiates, last);
  const say = `${failed.length} of ${counted(last.length, "negotiate")} failed: ${wordsOf(first)}.`;
  if (failed.length < last.length && isBusy(first.status)) return busy(first, say);
  if (failed.length < last.length)
    return {
      topic,
      result: "problem",
      where: "between",
      confidence: "low",
      title: "The hub doesn't answer each time",
      say,
      advice:
        "Look for a server that is down behind the load balancer, a deployment that is going on, or a limit of requests.",
    };
  if (first.blockedBy !== undefined) return blockedByPolicy(began.url, first.blockedBy, say);
  if (first.redirectedTo !== undefined)
    return {
      topic,
      result: "problem",
      where: "app",
      confidence: "medium",
      title: "The negotiate is redirected, probably to a sign-in page",
      say: `${say} It was redirected to ${first.redirectedTo}.`,
      advice: "Sign in again. An API should answer 401 instead of redirecting, so that the app notices.",
    };
  return byStatus(first, say, seen);
}

/** An answer of a SignalR server that lets the client go on. */
const isAnswer = ({ status, error, transports }: DoctorNegotiated): boolean =>
  status === 200 && error === undefined && transports !== undefined;

function reached(all: readonly DoctorNegotiated[], last: readonly DoctorNegotiated[]): DoctorVerdict {
  const times = last.map((one) => one.duration).sort((a, b) => a - b);
  const say = `${counted(last.length, "negotiate")} answered, in ${duration(times[Math.floor(times.length / 2)] ?? 0)} (median).`;
  const redirect = all.find(({ redirectUrl }) => redirectUrl !== undefined)?.redirectUrl;
  if (redirect === undefined) return { topic, result: "fine", title: "The hub answers", say };
  const host = hostOf(redirect);
  return {
    topic,
    result: "note",
    title: isAzureHost(host)
      ? "Azure SignalR Service serves the connections"
      : "Another server serves the connections",
    say: `${say} The app's server sends clients on to ${host}.`,
  };
}

function byStatus(first: DoctorNegotiated, say: string, seen: DoctorSeen): DoctorVerdict {
  const { status, error, encoding } = first;
  if (status === null) {
    if (direct(seen)?.outcome === "connected")
      return {
        topic,
        result: "problem",
        where: "server",
        confidence: "medium",
        title: "The page may not read the negotiate's answer",
        say: `${say} A WebSocket without a negotiate connects, so the server is there: its CORS policy probably doesn't allow this page's origin.`,
        advice: "Allow the page's origin, with credentials, in the server's CORS policy.",
        snippet: {
          language: "C#",
          code: 'builder.Services.AddCors(options => options.AddDefaultPolicy(policy =>\n    policy.WithOrigins("https://your-app.example").AllowAnyHeader().AllowAnyMethod().AllowCredentials()));',
        },
        link: HUB_OPTIONS,
      };
    return {
      topic,
      result: "problem",
      where: "between",
      confidence: "low",
      title: "The hub can't be reached from this page",
      say,
      advice:
        "The browser tells a page no more. Look at the request in the Network panel: a certificate, CORS, DNS, a firewall, or a server that is down.",
    };
  }
  if (status === 401 || status === 403)
    return { topic, result: "note", title: `The hub answers ${status}`, say: `${say} See the token.` };
  if (status === 200 && error !== undefined && !/^\s*</.test(error) && first.transports === undefined)
    return {
      topic,
      result: "problem",
      where: "server",
      confidence: "medium",
      title: "What answers at the hub's address is no SignalR hub",
      say,
      advice:
        "Check the address, and that no fallback route (of a single-page app, for example) answers before the hub's.",
    };
  if (status === 404)
    return {
      topic,
      result: "problem",
      where: "server",
      confidence: "medium",
      title: "There is no hub at this address",
      say,
      advice:
        "Check the address in withUrl() against MapHub() on the server, and the path that a proxy forwards.",
    };
  if (isBusy(status)) return busy(first, say);
  if (status === 502 || status === 504)
    return {
      topic,
      result: "problem",
      where: "server",
      confidence: "medium",
      title: "A gateway gets no answer from the server",
      say,
      advice:
        "Look whether the server behind the gateway is running, and whether the gateway knows its address.",
    };
  return {
    topic,
    result: "problem",
    where: "server",
    confidence: status >= 500 ? "high" : "medium",
    title: `The hub answers ${status}`,
    say: encoding === undefined ? say : `${say} (${encoding})`,
    advice: "Look into the server's log at this time.",
  };
}

const isBusy = (status: number | null): boolean => status === 429 || status === 503;

const busy = ({ retryAfter }: DoctorNegotiated, say: string): DoctorVerdict => ({
  topic,
  result: "problem",
  where: "server",
  confidence: "medium",
  title: "The server takes no more connections now",
  say: retryAfter === undefined ? say : `${say} It asks to wait ${retryAfter} s.`,
  advice:
    "Look at the limits: units of the service, rate limiting, or a server that is overloaded or starting.",
});

function blockedByPolicy(url: string, directive: string, say: string): DoctorVerdict {
  const origin = originOf(url);
  return {
    topic,
    result: "problem",
    where: "app",
    confidence: "high",
    title: "The page's Content Security Policy blocks the hub",
    say: `${say} The directive is ${directive}.`,
    advice: "Add the hub's host to connect-src, for both protocols.",
    snippet: policySnippet(origin),
  };
}

export const policySnippet = (origin: string) => ({
  language: "HTTP" as const,
  code: `Content-Security-Policy: connect-src 'self' ${origin} ${origin.replace(/^http/, "ws")}`,
});

const wordsOf = ({ status, error }: DoctorNegotiated): string =>
  [status === null ? "no answer" : `HTTP ${status}`, ...(error === undefined ? [] : [`“${error}”`])].join(
    ", ",
  );
