/** The doctor's connections beside the app's own. */
import type { DoctorConnected } from "../../events/doctor-events.ts";
import type { TransportName } from "../../protocol/terms.ts";
import { capitalised, protocolName, transportName, transportNames } from "../names.ts";
import type { DoctorVerdict } from "../report.ts";
import { isOpen, worked, type AppUses, type DoctorSeen } from "../seen.ts";

const topic = "beside-app";

export function besideApp(seen: DoctorSeen): DoctorVerdict | null {
  const { app, connects, began } = seen;
  const works = worked(connects);
  if (!app) return null;
  const open = isOpen(app);
  if (app.lost && !(open && forbidsSockets(seen))) return lostMeanwhile(app, seen);
  if (works.length === 0)
    return open && connects.length > 0
      ? {
          topic,
          result: "cant-tell",
          title: "The app is connected, and the doctor isn't",
          say: "The app may have an HTTP client or a way to sign in of its own, or a connection from a time when it worked.",
        }
      : null;
  if (!open) return notConnected(app, seen, works);
  const { transport } = app;
  if (transport === null) return null;
  const sockets = works.some((one) => one.transport === "WebSockets");
  if (transport === "WebSockets" || !sockets) return same(app, transport, connects);
  if (began.transports && forbidsSockets(seen))
    return {
      topic,
      result: "problem",
      where: "app",
      confidence: "high",
      title: "The app doesn't allow WebSockets, and they work here",
      say: `The app uses ${transportName(transport)}: its client may use only ${transportNames(began.transports)}.`,
      advice: "Remove the transport option of withUrl(): the client then takes the best one that works.",
      snippet: { language: "TypeScript", code: ".withUrl(url, options) // options without transport" },
    };
  return {
    topic,
    result: "note",
    title: `The app uses ${transportName(transport)}, and WebSockets work here now`,
    say: "It may have fallen back when it started; then its next start takes WebSockets.",
  };
}

/** And WebSockets work here, so that is worth saying whatever else happened. */
const forbidsSockets = ({ app, began, connects }: DoctorSeen): boolean =>
  began.transports?.includes("WebSockets") === false &&
  app?.transport !== "WebSockets" &&
  worked(connects).some((one) => one.transport === "WebSockets");

const CAUSES = {
  offline: "The browser was offline.",
  frozen: "The page was frozen.",
  none: "Perhaps the server allows only one connection for a user: then the doctor's connections end the app's.",
} as const;

function lostMeanwhile(app: AppUses, { away, faulted }: DoctorSeen): DoctorVerdict {
  return {
    topic,
    result: "note",
    title: "The app lost its connection while the doctor ran",
    say: `${faulted ? FAULTED : CAUSES[away ?? "none"]} ${isOpen(app) ? "It is connected again." : "See its interruptions."}`,
  };
}

const FAULTED = "A fault from the Fault lab ran at the same time.";

function notConnected(
  { state, wasOpen }: AppUses,
  { began, connects, faulted }: DoctorSeen,
  works: readonly DoctorConnected[],
): DoctorVerdict {
  if (state === "stopped" || state === "paused")
    return {
      topic,
      result: "note",
      title: "The doctor connects; the app has stopped its own connection",
      say: `${state === "stopped" ? "The app called stop()" : "Blazor paused it"}${wasOpen ? " while the doctor ran: perhaps the server told it to, as it allows only one connection for a user" : ""}.`,
    };
  if (faulted)
    return {
      topic,
      result: "note",
      title: "The app isn't connected, and a fault ran",
      say: `${FAULTED} It doesn't reach the doctor's connections.`,
    };
  const allowed = began.skipNegotiation === true ? (["WebSockets"] as const) : began.transports;
  const ways = works.map((one) => one.transport);
  const tried = connects.map((one) => one.transport);
  if (allowed?.every((one) => tried.includes(one) && !ways.includes(one)))
    return {
      topic,
      result: "problem",
      where: "app",
      confidence: "medium",
      title: `The app may use only ${transportNames(allowed)}, which doesn't work here`,
      say: `${capitalised(transportNames(ways))} would work.`,
      advice:
        "Fix what stops it, or remove the transport and skipNegotiation options of withUrl(): the client then falls back by itself.",
      snippet: { language: "TypeScript", code: ".withUrl(url, options) // options without transport" },
    };
  if (state === "connecting" || state === "reconnecting")
    return {
      topic,
      result: "note",
      title: "The doctor connects; the app is still trying",
      say: `The app's connection is ${state}. See its interruptions for the reason of the last failure.`,
    };
  return {
    topic,
    result: "problem",
    where: "app",
    confidence: "low",
    title: "The doctor connects, and the app doesn't",
    say: `The app's connection is ${state}. See its interruptions for the reason of the last failure.`,
    advice:
      "If the reason has passed, let the app start its connection again: with a retry policy, and after start() failed.",
  };
}

/** null: the doctor hasn't tried that way. */
function same(
  { protocol }: AppUses,
  transport: TransportName,
  connects: readonly DoctorConnected[],
): DoctorVerdict | null {
  const byTransport = connects.filter((one) => one.transport === transport);
  const exact = byTransport.filter((one) => one.protocol === protocol);
  // The app may have a protocol of its own, or none is known.
  const alike = exact.length > 0 ? exact : byTransport;
  if (alike.length === 0) return null;
  const name = `${transportName(transport)}${protocol === null ? "" : ` with ${protocolName(protocol)}`}`;
  return worked(alike).length > 0
    ? {
        topic,
        result: "fine",
        title: `The app uses ${name}`,
        say: `The doctor's connection by ${exact.length > 0 ? "the same way" : transportName(transport)} works, too.`,
      }
    : {
        topic,
        result: "note",
        title: `The app uses ${name}, and the doctor's connection by that way failed`,
        say: "A new connection of the app might fail, too.",
      };
}
