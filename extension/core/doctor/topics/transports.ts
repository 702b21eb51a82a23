/** WebSockets, event streams and long polling: whether they pass, and if not, where they stop. */
import type { DoctorConnected } from "../../events/doctor-events.ts";
import { originOf } from "../../protocol/addresses.ts";
import { duration } from "../../text/format.ts";
import type { DoctorVerdict } from "../report.ts";
import { direct, isScattered, negotiated, worked, type DoctorSeen } from "../seen.ts";
import { policySnippet } from "./reach.ts";

const PROXIES = "https://learn.microsoft.com/aspnet/core/signalr/scale#linux-with-nginx";

const UPGRADE = `proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection "upgrade";`;

export function webSockets(seen: DoctorSeen): DoctorVerdict | null {
  const topic = "websockets";
  const tried = negotiated(seen, "WebSockets");
  const [first] = tried;
  if (!first) return null;
  const [best] = worked(tried);
  if (best) return works(topic, "WebSockets work", best);
  if (first.outcome === "not-offered")
    return {
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
  if (first.blockedBy !== undefined) return blocked(topic, "WebSockets", first, seen);
  const say = `No WebSocket opened: “${first.error ?? "no reason"}”.`;
  if (first.upgradeLost === true)
    return {
      topic,
      result: "problem",
      where: "between",
      confidence: "high",
      title: "Something on the way removes the Upgrade header",
      say: `${say} The server got the request, and took it for a long poll: its Upgrade header was gone.`,
      advice: "Let the proxy pass the upgrade on. For nginx:",
      snippet: { language: "nginx", code: UPGRADE },
      link: PROXIES,
    };
  if (isScattered(seen))
    return {
      topic,
      result: "note",
      title: "WebSockets reach another server than their negotiate",
      say: `${say} See sticky sessions.${direct(seen)?.outcome === "connected" ? " Without a negotiate a WebSocket connects." : ""}`,
    };
  if (first.outcome === "silent")
    return {
      topic,
      result: "problem",
      where: "between",
      confidence: "low",
      title: "WebSockets open, and nothing comes through",
      say: `The handshake wasn't answered within ${duration(first.duration)}.`,
      advice: "Look for a proxy that holds frames back, and at the server's log: did the handshake arrive?",
    };
  const neverSeen = first.upgradeLost === false;
  return {
    topic,
    result: "problem",
    where: "between",
    confidence: neverSeen ? "medium" : "low",
    title: "WebSockets are blocked on the way",
    say: neverSeen
      ? `${say} SignalR on the server never saw the request: the negotiated connection is unused.`
      : say,
    advice:
      "Look for a firewall, proxy or virus scanner that refuses upgrades. On the server, AllowedOrigins of UseWebSockets() can refuse them, too.",
    link: PROXIES,
  };
}

export function eventStreams(seen: DoctorSeen): DoctorVerdict | null {
  const topic = "event-streams";
  const [first] = negotiated(seen, "ServerSentEvents");
  if (!first) return null;
  if (first.outcome === "connected") return works(topic, "Event streams work", first);
  if (first.outcome === "not-offered") return notOffered(topic, "event streams");
  if (first.blockedBy !== undefined) return blocked(topic, "Event streams", first, seen);
  if (isScattered(seen)) return scattered(topic, "Event streams");
  const polls = worked(negotiated(seen, "LongPolling")).length > 0;
  if (first.outcome === "silent" || first.duration > HELD_BACK)
    return {
      topic,
      result: "problem",
      where: "between",
      confidence: polls ? "high" : "medium",
      title: "Event streams are held back on the way",
      say: `Nothing of the stream had arrived after ${duration(first.duration)}${polls ? ", while the answers of long polls arrive" : ""}: something buffers the answer until it is complete.`,
      advice: "Switch buffering (and compression) of text/event-stream off in the proxy. For nginx:",
      snippet: { language: "nginx", code: "proxy_buffering off;" },
      link: PROXIES,
    };
  return refused(topic, "Event streams don't open", first);
}

/** The server gives up a stream whose handshake it doesn't get (15 s by default); then the proxy passes on what it has held. */
const HELD_BACK = 2_000;

export function longPolling(seen: DoctorSeen): DoctorVerdict | null {
  const topic = "long-polling";
  const tried = negotiated(seen, "LongPolling");
  const [first] = tried;
  if (!first) return null;
  const [best] = worked(tried);
  if (best) return works(topic, "Long polling works", best);
  if (first.outcome === "not-offered") return notOffered(topic, "long polling");
  if (isScattered(seen)) return scattered(topic, "Long polls");
  return refused(topic, "Long polling doesn't work", first);
}

type Topic = "websockets" | "event-streams" | "long-polling";

function works(
  topic: Topic,
  title: string,
  { open, handshake, roundTrip, extensions }: DoctorConnected,
): DoctorVerdict {
  const parts = [
    ...(open === undefined ? [] : [`open after ${duration(open)}`]),
    ...(handshake === undefined ? [] : [`handshake in ${duration(handshake)}`]),
    ...(roundTrip === undefined ? [] : [`a call takes ${duration(roundTrip)}`]),
    ...(extensions === undefined ? [] : [`with ${extensions}`]),
  ];
  const say = parts.join(", ");
  return { topic, result: "fine", title, say: `${say.charAt(0).toUpperCase()}${say.slice(1)}.` };
}

const notOffered = (topic: Topic, what: string): DoctorVerdict => ({
  topic,
  result: "note",
  title: `The server doesn't offer ${what}`,
  say: "It isn't among the transports in its negotiate.",
});

const scattered = (topic: Topic, what: string): DoctorVerdict => ({
  topic,
  result: "note",
  title: `${what} reach another server than their negotiate`,
  say: "See sticky sessions.",
});

const blocked = (
  topic: Topic,
  what: string,
  { blockedBy }: DoctorConnected,
  { began }: DoctorSeen,
): DoctorVerdict => ({
  topic,
  result: "problem",
  where: "app",
  confidence: "high",
  title: `${what} are blocked by the page's Content Security Policy`,
  say: `The directive is ${blockedBy ?? "connect-src"}.`,
  advice: "Add the hub's host to connect-src, for both protocols.",
  snippet: policySnippet(originOf(began.url)),
});

const refused = (topic: Topic, title: string, { error, status }: DoctorConnected): DoctorVerdict => ({
  topic,
  result: "problem",
  where: status !== undefined && status >= 500 ? "server" : "between",
  confidence: "low",
  title,
  say: `${status === undefined ? "" : `HTTP ${status}: `}“${error ?? "no reason"}”.`,
  advice: "Look at the request in the Network panel, and at the logs of proxy and server at this time.",
});
