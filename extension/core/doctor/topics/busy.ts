/** A server that limits connections or requests: the doctor opens many, one right after the other, and may be the cause. */
import type { DoctorConnected } from "../../events/doctor-events.ts";
import { counted } from "../../text/format.ts";
import type { DoctorProblem } from "../report.ts";
import type { DoctorSeen } from "../seen.ts";
import { waitOf } from "./refusals.ts";

const isBusyStatus = (status: number | null | undefined): status is number =>
  status === 429 || status === 503;

export const wasBusy = ({ outcome, status }: DoctorConnected): boolean =>
  outcome !== "connected" && isBusyStatus(status);

/** Some were answered so, and others got through. null: none was. */
export function busyAtTimes({ negotiates, connects }: DoctorSeen): DoctorProblem | null {
  const tried = [
    ...negotiates.map(({ status }) => status),
    ...connects.map((one) => (wasBusy(one) ? one.status : undefined)),
  ];
  const busy = tried.filter(isBusyStatus);
  const [status] = busy;
  if (status === undefined) return null;
  const limits = busy.includes(429);
  const asking = negotiates.find((one) => one.retryAfter !== undefined && isBusyStatus(one.status));
  return {
    topic: "reach",
    result: "problem",
    where: "server",
    confidence: "low",
    title: limits ? "The server limits connections or requests" : "The server isn't available each time",
    say: `${busy.length} of ${counted(tried.length, "negotiate and connection", "negotiates and connections")} got HTTP ${limits ? 429 : status}.${asking ? waitOf(asking) : ""} The doctor's own connections, one right after the other, may have caused it.`,
    advice: limits
      ? "Look at rate limiting in the server and in proxies: are its limits above what the app needs, also when all users connect again at once?"
      : "Look for a server that is starting, overloaded or down behind the load balancer, or a limit of connections.",
  };
}
