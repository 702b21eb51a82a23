/** The doctor's connections beside the app's own. */
import type { DoctorConnected } from "../../events/doctor-events.ts";
import type { DoctorVerdict } from "../report.ts";
import { worked, type AppUses, type DoctorSeen } from "../seen.ts";

const topic = "beside-app";

export function besideApp(seen: DoctorSeen): DoctorVerdict | null {
  const { app, connects, began } = seen;
  const works = worked(connects);
  const isOpen = app?.state === "connected" || app?.state === "resumed";
  if (!app) return null;
  if (works.length === 0)
    return isOpen && connects.length > 0
      ? {
          topic,
          result: "cant-tell",
          title: "The app is connected, and the doctor isn't",
          say: "The app may have a client certificate, its own HTTP client, or a connection from a time when it worked.",
        }
      : null;
  if (!isOpen) return notConnected(app, began.transports !== undefined);
  const { transport } = app;
  const sockets = works.some((one) => one.transport === "WebSockets");
  if (transport === null || transport === "WebSockets" || !sockets) {
    return transport === null ? null : same(app, works);
  }
  if (began.transports && !began.transports.includes("WebSockets"))
    return {
      topic,
      result: "problem",
      where: "app",
      confidence: "high",
      title: "The app doesn't allow WebSockets, and they work here",
      say: `The app uses ${transport}: its client may use only ${began.transports.join(" and ")}.`,
      advice: "Remove the transport option of withUrl(): the client then takes the best one that works.",
      snippet: { language: "TypeScript", code: ".withUrl(url) // instead of { transport: … }" },
    };
  return {
    topic,
    result: "note",
    title: `The app uses ${transport}, and WebSockets work here now`,
    say: "It probably fell back when it started; it would take WebSockets with its next start.",
  };
}

function notConnected({ state }: AppUses, limited: boolean): DoctorVerdict {
  if (state === "stopped" || state === "paused")
    return {
      topic,
      result: "note",
      title: "The doctor connects; the app has stopped its own connection",
      say: "The app called stop().",
    };
  return {
    topic,
    result: "problem",
    where: "app",
    confidence: "low",
    title: "The doctor connects, and the app doesn't",
    say: `The app's connection is ${state}. ${limited ? "Its client may not use every transport. " : ""}See its interruptions for the reason of the last failure.`,
    advice:
      "If the reason has passed, let the app start its connection again: with a retry policy, and after start() failed.",
  };
}

function same({ transport, protocol }: AppUses, works: readonly DoctorConnected[]): DoctorVerdict | null {
  const found = works.some((one) => one.transport === transport);
  const name = [transport, protocol].filter((part) => part !== null).join(" with ");
  return found
    ? {
        topic,
        result: "fine",
        title: `The app uses ${name}`,
        say: "The doctor's connection by the same way works, too.",
      }
    : {
        topic,
        result: "note",
        title: `The app uses ${name}, and the doctor's connection by that way failed`,
        say: "A new connection of the app might fail, too.",
      };
}
