/** Labels of the connection doctor: what it tries, what came of it, and whose problem it is. */
import type { Place } from "../core/doctor/report.ts";
import type {
  DoctorBegan,
  DoctorCheck,
  DoctorConnected,
  DoctorProtocol,
  DoctorResumed,
  DoctorTries,
} from "../core/events/doctor-events.ts";
import type { DoctorRunModel } from "../core/model/types.ts";
import { duration } from "../core/text/format.ts";
import { DOCTOR_OUTCOME_WORD } from "./doctor-words.ts";
import { KIND_WORD } from "./transport-name.ts";

export const CHECK_WORD: Readonly<Record<DoctorCheck, string>> = {
  negotiate: "Negotiate",
  connect: "Transports and protocols",
  sticky: "Sticky sessions",
  resume: "Stateful reconnect",
  size: "Message sizes",
  stay: "Left open",
};

/** Where a problem is. */
export const PLACE_WORD: Readonly<Record<Place, string>> = {
  app: "In the app",
  server: "At the server",
  between: "Between app and server",
};

export const PROTOCOL_WORD: Readonly<Record<DoctorProtocol, string>> = {
  json: "JSON",
  messagepack: "MessagePack",
  blazorpack: "MessagePack (Blazor)",
};

export const TOKEN_WORD: Readonly<Record<DoctorBegan["token"], string>> = {
  none: "none (the app uses none)",
  borrowed: "the app's own",
  failed: "none (the app's token factory failed)",
  unknown: "none (the app's client wasn't found)",
};

export const RESUME_WORD: Readonly<Record<DoctorResumed["outcome"], string>> = {
  resumed: "granted, resumed",
  unproven: "granted, resuming not shown",
  "not-granted": "not granted",
};

/** "Transports and protocols: Event stream, JSON"; what else is tried has a name of its own. */
export const triesWords = ({ check, transport, protocol }: DoctorTries): string =>
  [
    CHECK_WORD[check],
    [transport && KIND_WORD[transport], protocol && PROTOCOL_WORD[protocol]].filter(Boolean).join(", "),
  ]
    .filter(Boolean)
    .join(": ");

/** What came of a connection, with all that is known of a failure. */
export const outcomeWords = ({ outcome, blockedBy, status, upgradeLost, error }: DoctorConnected): string =>
  [
    DOCTOR_OUTCOME_WORD[outcome],
    blockedBy && `blocked by the page's ${blockedBy}`,
    status !== undefined && `status ${status}`,
    upgradeLost === true && "Upgrade header removed on the way",
    blockedBy === undefined && error,
  ]
    .filter(Boolean)
    .join(" · ");

/** Why a run ended before it had tried everything. null: it did try everything, or goes on. */
export function endedEarly({ end, detail, until }: DoctorRunModel, over: boolean): string | null {
  if (until === null) return over ? "The page was left before it was done." : null;
  switch (end) {
    case "completed":
    case null:
      return null;
    case "page-left":
      return "The page was left before it was done.";
    case "cancelled":
      return "Cancelled before it was done.";
    case "panel-closed":
      return "Hubscope was closed before it was done.";
    case "failed":
      return `It failed${detail === null ? "" : `: ${detail}`}.`;
  }
}

/** Where it is measured, "–" if it isn't. */
export const took = (ms: number | undefined): string => (ms === undefined ? "–" : duration(ms));
