/** Event streams and long polling: whether they pass, and if not, where they stop. */
import type { DoctorConnected } from "../../events/doctor-events.ts";
import { duration } from "../../text/format.ts";
import { capitalised, quoted } from "../names.ts";
import type { DoctorVerdict } from "../report.ts";
import { isScattered, negotiated, worked, type DoctorSeen } from "../seen.ts";
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
  const polls = worked(negotiated(seen, "LongPolling")).length > 0;
  const silent = first.outcome === "silent";
  const usual = seen.negotiates.reduce((longest, one) => Math.max(longest, one.duration), 0);
  if (silent || first.duration > usual + HELD_BACK)
    return {
      topic,
      result: "problem",
      where: "between",
      confidence: !polls ? "low" : silent ? "high" : "medium",
      title: "Event streams are held back on the way",
      say: `Nothing of the stream had arrived after ${duration(first.duration)}${polls ? ", while the answers of long polls arrive" : ""}: something ${polls ? "" : "probably "}buffers the answer until it is complete.`,
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
  return (
    inGeneral(topic, "Long polling", tried, seen) ??
    (isScattered(seen) ? scattered(topic, "Long polls") : refused(topic, "Long polling doesn't work", first))
  );
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
  const [best] = worked(tried);
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
  return null;
}

const inSentence = (what: string): string => (what === "WebSockets" ? what : what.toLowerCase());

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
  const say = parts.length === 0 ? "The server answered the handshake" : parts.join(", ");
  return { topic, result: "fine", title, say: `${capitalised(say)}.` };
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
