/** Event streams and long polling: whether they pass, and if not, where they stop. */
import type { DoctorConnected } from "../../events/doctor-events.ts";
import { duration } from "../../text/format.ts";
import { capitalised, quoted } from "../names.ts";
import type { DoctorVerdict } from "../report.ts";
import { isOpen, isScattered, negotiated, worked, type DoctorSeen } from "../seen.ts";
import { wasBusy } from "./busy.ts";
import { endedAtOnce } from "./ended-by-server.ts";
import { blockedByPolicy } from "./policy.ts";
import { ignoresTokenInAddress } from "./token-in-address.ts";

export const PROXIES = "https://learn.microsoft.com/aspnet/core/signalr/scale#linux-with-nginx";

export function eventStreams(seen: DoctorSeen): DoctorVerdict | null {
  const topic = "event-streams";
  const [first] = negotiated(seen, "ServerSentEvents");
  if (!first) return null;
  const general = inGeneral(topic, "Event streams", [first], seen);
  if (general) return general;
  if (isScattered(seen)) return scattered(topic, "Event streams");
  if (ignoresTokenInAddress(seen))
    return {
      topic,
      result: "note",
      title: "Event streams are refused, probably for the same reason as WebSockets",
      say: "The browser can send their token only in the address, too.",
    };
  const ended = endedAtOnce(topic, first);
  if (ended) return ended;
  if (first.handshake !== undefined && seen.connects.some((one) => endedAtOnce(topic, one)))
    return {
      topic,
      result: "note",
      title: "Event streams are ended at once, too",
      say: "Probably by the server, as it ends other connections.",
    };
  const [poll] = worked(negotiated(seen, "LongPolling"));
  const polls = poll !== undefined;
  const silent = first.outcome === "silent";
  const usual = seen.negotiates.reduce((longest, one) => Math.max(longest, one.duration), 0);
  if (silent || first.duration > usual + HELD_BACK)
    return {
      topic,
      result: "problem",
      where: "between",
      confidence: sureOfBuffer(first, poll, seen),
      title: "Event streams are held back on the way",
      say: `Nothing of the stream had arrived after ${duration(first.duration)}${polls ? ", while the answers of long polls arrive" : ""}: something ${polls ? "" : "probably "}buffers the answer until it is complete.`,
      advice:
        "Switch buffering (and compression) of text/event-stream off in the proxy. A service worker of the page that answers such requests may buffer them, too. For nginx:",
      snippet: { language: "nginx", code: "proxy_buffering off;" },
      link: PROXIES,
    };
  return refused(topic, "Event streams don't open", first);
}

/** Long polls that are nearly as slow, a service worker, or an open stream of the app make something else as probable. */
function sureOfBuffer(
  stream: DoctorConnected,
  poll: DoctorConnected | undefined,
  { app, serviceWorker }: DoctorSeen,
): "high" | "medium" | "low" {
  if (!poll || poll.duration * 3 > stream.duration) return "low";
  if (isOpen(app) && app?.transport === "ServerSentEvents") return "low";
  return stream.outcome === "silent" && !serviceWorker ? "high" : "medium";
}

/** The server gives up a stream whose handshake it doesn't get (15 s by default); then the proxy passes on what it has held. */
const HELD_BACK = 2_000;

export function longPolling(seen: DoctorSeen): DoctorVerdict | null {
  const topic = "long-polling";
  const tried = negotiated(seen, "LongPolling");
  const first = tried.find((one) => one.outcome !== "negotiate-failed" && !wasBusy(one)) ?? tried[0];
  if (!first) return null;
  const general = inGeneral(topic, "Long polling", tried, seen);
  if (general) return general;
  if (isScattered(seen)) return scattered(topic, "Long polls");
  return endedAtOnce(topic, first) ?? refused(topic, "Long polling doesn't work", first);
}

type Topic = "websockets" | "event-streams" | "long-polling";

/** What can be said of every transport in the same way. null: it failed in a way of its own. */
export function inGeneral(
  topic: Topic,
  what: string,
  tried: readonly DoctorConnected[],
  seen: DoctorSeen,
): DoctorVerdict | null {
  const verb = what === "Long polling" ? "works" : "work";
  const working = worked(tried);
  const best = working.find(({ again }) => again !== true) ?? working[0];
  if (best) return works(topic, `${what} ${verb}`, best);
  const having = (outcome: DoctorConnected["outcome"]): DoctorConnected | undefined =>
    tried.find((one) => one.outcome === outcome);
  if (having("protocol-refused"))
    return {
      topic,
      result: "fine",
      title: `${what} ${verb}`,
      say: "The server answered by it. It doesn't have the protocol that was tried.",
    };
  if (having("not-offered"))
    return {
      topic,
      result: "note",
      title: `The server doesn't offer ${inSentence(what)}`,
      say: "It isn't among the transports in its negotiate.",
    };
  const blockedBy = tried.find((one) => one.blockedBy !== undefined)?.blockedBy;
  if (blockedBy !== undefined)
    return {
      topic,
      ...blockedByPolicy(seen, blockedBy),
      title: `The page's Content Security Policy blocks ${inSentence(what)}`,
    };
  const [first] = tried;
  if (seen.away === "offline")
    return { topic, result: "cant-tell", title: `${what}: the browser was offline`, say: "Try again." };
  if (first && tried.every(({ outcome }) => outcome === "negotiate-failed"))
    return {
      topic,
      result: "cant-tell",
      title: `${what}: not tried`,
      say: `The negotiate before it failed: ${quoted(first.error ?? "no reason")}.`,
    };
  // Other connections right before it may have been too many.
  if (first && tried.every((one) => one.outcome === "negotiate-failed" || wasBusy(one)))
    return {
      topic,
      result: "cant-tell",
      title: `${what}: the server takes no more connections now`,
      say: `${quoted(first.error ?? "no reason")}. The doctor's own connections may have caused it: try again later.`,
    };
  return null;
}

const inSentence = (what: string): string => (what === "WebSockets" ? what : what.toLowerCase());

function works(
  topic: Topic,
  title: string,
  { open, handshake, roundTrip, extensions, again }: DoctorConnected,
): DoctorVerdict {
  const parts = [
    ...(open === undefined ? [] : [`open after ${duration(open)}`]),
    ...(handshake === undefined ? [] : [`handshake in ${duration(handshake)}`]),
    ...(roundTrip === undefined ? [] : [`a call takes ${duration(roundTrip)}`]),
    ...(extensions === undefined ? [] : [`with ${extensions}`]),
  ];
  const say = parts.length === 0 ? "The server answered the handshake" : parts.join(", ");
  return again === true
    ? {
        topic,
        result: "note",
        title: `${title} at the second try`,
        say: `The first one failed. ${capitalised(say)}.`,
      }
    : { topic, result: "fine", title, say: `${capitalised(say)}.` };
}

const scattered = (topic: Topic, what: string): DoctorVerdict => ({
  topic,
  result: "note",
  title: `${what} probably reach another server than their negotiate`,
  say: "See sticky sessions.",
});

const refused = (topic: Topic, title: string, { error, status }: DoctorConnected): DoctorVerdict => ({
  topic,
  result: "problem",
  where: status !== undefined && (status >= 500 || status === 401 || status === 403) ? "server" : "between",
  confidence: "low",
  title,
  say: `${status === undefined ? "" : `HTTP ${status}: `}${quoted(error ?? "no reason")}.`,
  advice: "Look at the request in the Network panel, and at the logs of proxy and server at this time.",
});
