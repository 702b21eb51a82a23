/** What it means when every negotiate failed in the same way. */
import { quoted } from "../names.ts";
import type { DoctorNegotiated } from "../../events/doctor-events.ts";
import { hostOf, isAzureHost } from "../../protocol/addresses.ts";
import type { DoctorProblem, DoctorVerdict, Place } from "../report.ts";
import { atService, direct, type DoctorSeen } from "../seen.ts";
import { blockedByPolicy } from "./policy.ts";

const topic = "reach";
const CORS = "https://learn.microsoft.com/aspnet/core/signalr/security";

export function refusedAs(first: DoctorNegotiated, say: string, seen: DoctorSeen): DoctorVerdict {
  if (first.blockedBy !== undefined) {
    const blocked = blockedByPolicy(seen, first.blockedBy);
    const title = "The page's Content Security Policy blocks the hub";
    return { topic, ...blocked, title, say: `${say} ${blocked.say}` };
  }
  if (first.status === null) return withoutAnswer(first, say, seen);
  if (atService(seen).service.includes(first)) return byService(first, say, seen);
  if (first.redirectedTo !== undefined) return redirected(first.redirectedTo, say);
  if (first.status !== 401 && direct(seen)?.outcome === "connected")
    return problem(
      "between",
      "low",
      "The negotiate doesn't reach the hub",
      `${say} A WebSocket without a negotiate connects.`,
      "Look whether proxies and routes pass on everything below the hub's path, with every method.",
    );
  return byStatus(first, first.status, say);
}

export const wordsOf = ({ status, error }: DoctorNegotiated): string =>
  [status === null ? "no answer" : `HTTP ${status}`, ...(error === undefined ? [] : [quoted(error)])].join(
    ", ",
  );

function problem(
  where: Place,
  confidence: DoctorProblem["confidence"],
  title: string,
  say: string,
  advice: string,
): DoctorProblem {
  return { topic, result: "problem", where, confidence, title, say, advice };
}

/** CORS, a certificate, DNS: the browser keeps the reason from the page. */
function withoutAnswer({ error }: DoctorNegotiated, say: string, seen: DoctorSeen): DoctorVerdict {
  const late = error?.startsWith("No answer within") === true;
  const socket = direct(seen)?.outcome === "connected";
  if (socket && !seen.sameOrigin && !late)
    return {
      ...problem(
        "server",
        "medium",
        "The page may not read the negotiate's answer",
        `${say} A WebSocket without a negotiate connects, so the server is there: its CORS policy probably doesn't allow this page's origin.`,
        "Allow the page's origin, with credentials, in the server's CORS policy.",
      ),
      snippet: {
        language: "C#",
        code: 'builder.Services.AddCors(options => options.AddDefaultPolicy(policy =>\n    policy.WithOrigins("https://your-app.example").AllowAnyHeader().AllowAnyMethod().AllowCredentials()));',
      },
      link: CORS,
    };
  if (socket)
    return problem(
      "between",
      "low",
      "The negotiate isn't answered, and a WebSocket connects",
      say,
      "Look for what treats the two differently: a proxy, a firewall, or an ad blocker in this browser.",
    );
  return problem(
    "between",
    "low",
    "The hub can't be reached from this page",
    say,
    "The browser tells a page no more. Look at the request in the Network panel: a certificate, CORS, DNS, a firewall, or a server that is down.",
  );
}

/** The app's server answered, and sent the client on with a token of its own. */
function byService(first: DoctorNegotiated, say: string, { service = "" }: DoctorSeen): DoctorVerdict {
  const azure = isAzureHost(hostOf(service));
  const name = azure ? "Azure SignalR Service" : "The server that clients are sent on to";
  const refused = first.status === 401 || first.status === 403;
  return problem(
    "server",
    "medium",
    `${name} answers ${first.status ?? "nothing"}`,
    `${say} The app's server had answered before.`,
    refused
      ? "Its token comes from the app's server: look at the access key there, and at that server's clock."
      : first.status === 429
        ? "It has no room: look at its units, and at how many connections and requests it has now."
        : "Look at its state and its logs.",
  );
}

const redirected = (to: string, say: string): DoctorVerdict =>
  /log-?in|sign-?in|account|auth|saml|sso/i.test(to)
    ? problem(
        "app",
        "medium",
        "The negotiate is redirected, probably to a sign-in page",
        `${say} It was redirected to ${to}.`,
        "Sign in again. An API should answer 401 instead of redirecting, so that the app notices.",
      )
    : problem(
        "app",
        "low",
        "The negotiate is redirected",
        `${say} It was redirected to ${to}.`,
        "A redirect turns a POST into a GET. Let the app use the hub's final address.",
      );

function byStatus(first: DoctorNegotiated, status: number, say: string): DoctorVerdict {
  if (status === 401 || status === 403)
    return { topic, result: "note", title: `The hub answers ${status}`, say: `${say} See the token.` };
  if (status === 404)
    return problem(
      "server",
      "medium",
      "There is no hub at this address",
      say,
      "Check the address in withUrl() against MapHub() on the server, and the path that a proxy forwards.",
    );
  if (status === 429)
    return problem(
      "server",
      "medium",
      "The server takes no more connections now",
      `${say}${waitOf(first)}`,
      "Look at the limits: units of the service, or rate limiting.",
    );
  if (status === 503)
    return problem(
      "server",
      "medium",
      "The server isn't available now",
      `${say}${waitOf(first)}`,
      "Look whether the server is running, starting or overloaded, and whether the load balancer takes it for healthy.",
    );
  if (status === 502 || status === 504)
    return problem(
      "server",
      "medium",
      "A gateway gets no answer from the server",
      say,
      "Look whether the server behind the gateway is running, and whether the gateway knows its address.",
    );
  if (status < 300 && first.transports === undefined)
    return problem(
      "server",
      "medium",
      "What answers at the hub's address is no ASP.NET Core SignalR hub",
      say,
      "Check the address, and that no fallback route (of a single-page app, for example) answers before the hub's.",
    );
  return problem(
    "server",
    status === 500 ? "high" : "medium",
    status < 300 ? "The hub refuses the negotiate" : `The hub answers ${status}`,
    say,
    "Look into the server's log at this time.",
  );
}

/** It is a number of seconds or a date. */
export const waitOf = ({ retryAfter }: DoctorNegotiated): string =>
  retryAfter === undefined
    ? ""
    : ` It asks to wait ${/^\d+$/.test(retryAfter) ? `${retryAfter} s` : `until ${retryAfter}`}.`;
