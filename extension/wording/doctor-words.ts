/** The connection doctor's events as rows. */
import type { DoctorConnected, DoctorEvent, DoctorOutcome } from "../core/events/doctor-events.ts";
import { protocolName } from "../core/doctor/names.ts";
import { bytes, counted, duration } from "../core/text/format.ts";
import type { EventWords } from "./event-words.ts";
import { KIND_WORD } from "./transport-name.ts";

export function doctorWords(event: DoctorEvent): EventWords {
  return { kind: "Doctor", ...titled(event) };
}

function titled(event: DoctorEvent): Omit<EventWords, "kind"> {
  switch (event.kind) {
    case "doctor":
      return { title: "Connection doctor", text: event.url };
    case "doctor-tries":
      return {
        title: `Trying: ${event.check}`,
        text: [event.transport && KIND_WORD[event.transport], event.protocol && protocolName(event.protocol)]
          .filter(Boolean)
          .join(", "),
      };
    case "doctor-negotiate":
      return {
        title: event.status === null ? "Negotiate failed" : `Negotiate answered ${event.status}`,
        text: [duration(event.duration), event.blockedBy ?? event.error].filter(Boolean).join(" · "),
        ...toned(event.status === 200 && event.error === undefined),
      };
    case "doctor-connect":
      return {
        title: `${wayInWords(event)}, ${protocolName(event.protocol)}: ${DOCTOR_OUTCOME_WORD[event.outcome]}`,
        text: [duration(event.duration), event.blockedBy ?? event.error].filter(Boolean).join(" · "),
        ...(isLack(event.outcome) ? {} : toned(event.outcome === "connected")),
      };
    case "doctor-sticky":
      return {
        title: `${event.tried - event.notFound - event.failed} of ${event.tried} connections found their server`,
        text: KIND_WORD[event.transport],
        ...toned(event.notFound + event.failed === 0),
      };
    case "doctor-resume":
      return {
        title: `Stateful reconnect: ${RESUMED[event.outcome]}`,
        text: event.error ?? "",
      };
    case "doctor-size":
      return {
        title: `Largest message ${event.direction}: ${bytes(event.passed)}`,
        text: event.failed === null ? "" : `${bytes(event.failed)} did not arrive`,
      };
    case "doctor-stay":
      return {
        title: `${KIND_WORD[event.transport]}: ${event.lost ? "lost" : "open"} after ${duration(event.duration)}`,
        text: counted(event.pings, "ping"),
        ...toned(!event.lost),
      };
    case "doctor-ended":
      return {
        title: "Connection doctor ended",
        text: [event.reason, event.detail].filter(Boolean).join(": "),
      };
  }
}

const RESUMED = { resumed: "resumed", unproven: "granted, resuming not shown", "not-granted": "not granted" };

const toned = (good: boolean): Pick<EventWords, "tone"> => ({ tone: good ? "good" : "bad" });

/** What the server doesn't have: that alone is no problem. */
export const isLack = (outcome: DoctorOutcome): boolean =>
  outcome === "not-offered" || outcome === "protocol-refused";

/** "WebSocket without a negotiate" */
export const wayInWords = ({ transport, skipNegotiation }: DoctorConnected): string =>
  `${KIND_WORD[transport]}${skipNegotiation === true ? " without a negotiate" : ""}`;

export const DOCTOR_OUTCOME_WORD: Readonly<Record<DoctorOutcome, string>> = {
  connected: "connected",
  "not-offered": "not offered",
  "protocol-refused": "protocol not supported",
  refused: "refused",
  silent: "no answer",
  "negotiate-failed": "negotiate failed",
};
