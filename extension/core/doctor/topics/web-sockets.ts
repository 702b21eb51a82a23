/** WebSockets: whether they pass, and if not, where they stop. */
import { quoted } from "../names.ts";
import type { DoctorConnected } from "../../events/doctor-events.ts";
import { duration } from "../../text/format.ts";
import type { DoctorVerdict } from "../report.ts";
import { direct, isOpen, isScattered, negotiated, worked, type DoctorSeen } from "../seen.ts";
import { wasBusy } from "./busy.ts";
import { endedAtOnce } from "./ended-by-server.ts";
import { READ_FROM_ADDRESS, ignoresTokenInAddress } from "./token-in-address.ts";
import { PROXIES, inGeneral } from "./transports.ts";

const topic = "websockets";

const UPGRADE = `proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection "upgrade";`;

export function webSockets(seen: DoctorSeen): DoctorVerdict | null {
  const tried = negotiated(seen, "WebSockets");
  if (tried.length === 0) return null;
  if (worked(tried).length === 0 && tried.some(({ outcome }) => outcome === "not-offered"))
    return NOT_OFFERED;
  const general = inGeneral(topic, "WebSockets", tried, seen);
  if (general) return general;
  const first = tried.find(({ outcome }) => outcome !== "negotiate-failed");
  if (!first) return null;
  const ended = endedAtOnce(topic, first);
  if (ended) return ended;
  if (first.open !== undefined) return afterOpening(first);
  return (
    otherwiseOpen(tried, first, seen) ??
    (first.outcome === "silent" ? afterOpening(first) : neverOpen(first, seen))
  );
}

const NOT_OFFERED: DoctorVerdict = {
  topic,
  result: "problem",
  where: "server",
  confidence: "high",
  title: "The server doesn't offer WebSockets",
  say: "They aren't among the transports in its negotiate.",
  advice:
    "Allow them in MapHub()'s options, and on IIS install the WebSocket Protocol feature: without it ASP.NET Core leaves them out.",
  snippet: {
    language: "C#",
    code: "app.MapHub<YourHub>(path, options => options.Transports = HttpTransports.All);",
  },
  link: "https://learn.microsoft.com/aspnet/core/signalr/configuration#configure-server-options",
};

function afterOpening({ outcome, open, handshake, error, duration: waited }: DoctorConnected): DoctorVerdict {
  if (outcome === "silent")
    return {
      topic,
      result: "problem",
      where: "between",
      confidence: "low",
      title:
        open === undefined ? "WebSockets don't open in time" : "WebSockets open, and nothing comes through",
      say:
        open === undefined
          ? `None was open within ${duration(waited)}.`
          : `The handshake wasn't answered within ${duration(waited)}.`,
      advice: "Look for a proxy that holds frames back, and at the server's log: did the handshake arrive?",
    };
  return {
    topic,
    result: "problem",
    where: "between",
    confidence: "low",
    title: "WebSockets open, and are closed at once",
    say: `${handshake === undefined ? "Before the handshake was answered" : "Right after the handshake"}: ${quoted(error ?? "no reason")}.`,
    advice: "Look at the logs of server and proxy at this time.",
  };
}

/** Another WebSocket to this hub is open or was: so they aren't blocked. */
function otherwiseOpen(
  tried: readonly DoctorConnected[],
  first: DoctorConnected,
  seen: DoctorSeen,
): DoctorVerdict | null {
  const { outcome: without } = direct(seen) ?? {};
  const alone = without === "connected";
  const byApp = isOpen(seen.app) && seen.app?.transport === "WebSockets";
  const explained =
    (first.upgradeLost === true && seen.service === undefined) ||
    (isScattered(seen) && (alone || without === undefined));
  if (explained || !(alone || byApp)) return null;
  const failed = tried
    .filter(({ outcome }) => outcome !== "negotiate-failed")
    .reduce((sum, { again }) => sum + (again === true ? 2 : 1), 0);
  const error = `${quoted(first.error ?? "no reason")}.`;
  if (alone && failed > 2)
    return {
      topic,
      result: "problem",
      where: "between",
      confidence: "low",
      title: "WebSockets fail after a negotiate, and connect without one",
      say: `${error} So they aren't blocked on the way in general. They failed ${failed} times.`,
      advice:
        "Look at the logs of server and proxy: what do they answer to a WebSocket with the negotiated id?",
    };
  return {
    topic,
    result: "note",
    title: `WebSockets failed ${failed === 1 ? "once" : `${failed} times`}; ${alone ? "without a negotiate one connects" : "the app's own is open"}`,
    say: `${error} ${alone ? "So they aren't blocked on the way." : "It may be from a time when they passed."} Try again: it may have been a moment.`,
  };
}

function neverOpen(first: DoctorConnected, seen: DoctorSeen): DoctorVerdict {
  const { service, began, app, connects } = seen;
  const say = `No WebSocket opened: ${quoted(first.error ?? "no reason")}.`;
  // What another service than ASP.NET Core answers is not known.
  const upgradeLost = service === undefined ? first.upgradeLost : undefined;
  if (upgradeLost === true)
    return {
      topic,
      result: "problem",
      where: "between",
      // One that is open has passed.
      confidence:
        direct(seen)?.outcome === "connected"
          ? "low"
          : app?.transport === "WebSockets" && isOpen(app)
            ? "medium"
            : "high",
      title: "Something on the way removes the Upgrade header",
      say: `${say} The server got the request, and took it for a long poll: its Upgrade header was gone.`,
      advice: "Let the proxy pass the upgrade on. For nginx:",
      snippet: { language: "nginx", code: UPGRADE },
      link: PROXIES,
    };
  const alone = direct(seen)?.outcome;
  // Without a negotiate stickiness doesn't matter: if that fails as well, there is another reason.
  if (isScattered(seen) && (alone === undefined || alone === "connected"))
    return {
      topic,
      result: "note",
      title: "WebSockets probably reach another server than their negotiate",
      say: `${say} See sticky sessions.${alone === "connected" ? " Without a negotiate a WebSocket connects." : ""}`,
    };
  if (ignoresTokenInAddress(seen))
    return {
      topic,
      result: "problem",
      where: "server",
      confidence: "medium",
      title: "The server probably doesn't read the token from the address",
      say: `${say} Event streams are refused, too, and long polling works. For those two the browser can send the token only in the address (access_token), for long polling in a header.`,
      advice: "Let the server take the token from there. With JWT:",
      snippet: { language: "C#", code: READ_FROM_ADDRESS },
      link: "https://learn.microsoft.com/aspnet/core/signalr/authn-and-authz#built-in-jwt-authentication",
    };
  const neverSeen = upgradeLost === false;
  // Whoever checks the token may have refused the request, too.
  const byToken = began.token === "borrowed" && service === undefined;
  return {
    topic,
    result: "problem",
    where: "between",
    // A server that is busy may have refused it.
    confidence: neverSeen && !byToken && !connects.some(wasBusy) ? "medium" : "low",
    title: "WebSockets are blocked on the way",
    say: neverSeen
      ? `${say} SignalR on the server never saw the request: the negotiated connection is unused.`
      : say,
    advice: `Look for a firewall, proxy or virus scanner that refuses upgrades. On the server, AllowedOrigins of UseWebSockets() can refuse them, too${byToken ? ", and so can authentication that doesn't read access_token from the address" : ""}.`,
    link: PROXIES,
  };
}
