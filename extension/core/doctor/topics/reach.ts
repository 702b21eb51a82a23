/** Whether the hub answers a negotiate. What a failed one says is in refusals.ts. */
import type { DoctorNegotiated } from "../../events/doctor-events.ts";
import { hostOf, isAzureHost } from "../../protocol/addresses.ts";
import { counted, duration } from "../../text/format.ts";
import type { DoctorVerdict } from "../report.ts";
import { needsNoNegotiate, type DoctorSeen } from "../seen.ts";
import { busyAtTimes } from "./busy.ts";
import { refusedAs, wordsOf } from "./refusals.ts";

const topic = "reach";

export function reach(seen: DoctorSeen): DoctorVerdict | null {
  const { negotiates, away } = seen;
  // Where a negotiate was redirected by its answer, only the last one counts.
  const last = negotiates.filter(({ redirectUrl }) => redirectUrl === undefined);
  const failed = last.filter((one) => !isAnswer(one));
  const [first] = failed;
  if (last.length === 0) return null;
  const fewer = failed.length < last.length;
  const busy = fewer && !needsNoNegotiate(seen) ? busyAtTimes(seen) : null;
  if (!first) return busy ?? reached(negotiates, last);
  const say = `${failed.length} of ${counted(last.length, "negotiate")} failed: ${wordsOf(first)}.`;
  if (first.status === null && away === "offline")
    return {
      topic,
      result: "cant-tell",
      title: "The browser was offline",
      say: `${say} Try again when it has a network.`,
    };
  if (needsNoNegotiate(seen))
    return {
      topic,
      result: "note",
      title: `${fewer ? "Not every" : "No"} negotiate is answered; the app doesn't need one`,
      say: `${say} The app's client connects by WebSockets without a negotiate, which works here.`,
    };
  if (busy) return busy;
  if (fewer)
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
  return refusedAs(first, say, seen);
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
    say: `${say} The app's server sends clients on to ${host || "another address"}.`,
  };
}
