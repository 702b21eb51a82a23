/** The verdict on a hang: which step, what is usually behind it, and what was seen. */
import { FAULTS } from "../faults/outlines.ts";
import { hostOf } from "../protocol/addresses.ts";
import { SERVER_TIMEOUT } from "../protocol/defaults.ts";
import { counted, duration } from "../text/format.ts";
import type { Milliseconds } from "../units.ts";
import type { Hang } from "./hang.ts";
import { isFull } from "./hangs.ts";
import { CAUSE_TITLE, OBSTACLE_TITLE } from "./titles.ts";
import type { Confidence, Evidence, ObstacleName, Verdict } from "./verdict.ts";
import { awaited, stepName } from "./wait-words.ts";

export function judgeHang(hang: Hang): Verdict {
  const { page, faults, wait } = hang;
  const injected = page?.faults.find(({ fault }) => faults.includes(fault));
  const name = obstacleNameOf(hang);
  const common = {
    evidence: evidenceOf(hang),
    ruledOut: offlineDuring(hang) ? [] : ["offline event"],
    clientCallbacks: [],
  };
  if (injected)
    return {
      cause: "injected",
      title: `${CAUSE_TITLE.injected}: ${FAULTS[injected.command.name].title.toLowerCase()}`,
      confidence: "high",
      knowledge: "page",
      obstacle: null,
      ...common,
    };
  if (offlineDuring(hang))
    return {
      cause: "offline",
      title: CAUSE_TITLE.offline,
      confidence: "high",
      knowledge: "page",
      obstacle: null,
      ...common,
    };
  return {
    cause: "hanging",
    title: OBSTACLE_TITLE[name],
    confidence: confidenceOf(hang),
    knowledge: wait.step === "no-transport" ? "client" : "wire",
    obstacle: { name, title: OBSTACLE_TITLE[name], retryAfter: null },
    ...common,
  };
}

function obstacleNameOf(hang: Hang): ObstacleName {
  if (isFull(hang)) return "connections-in-use";
  switch (hang.wait.step) {
    case "token":
      return "token-pending";
    case "negotiate":
    case "redirect":
      return "negotiate-unanswered";
    case "upgrade":
      return "upgrade-unanswered";
    case "event-stream":
      return "event-stream-unanswered";
    case "poll":
      return "poll-unanswered";
    case "handshake":
      return "handshake-unanswered";
    case "first-ping":
      return "no-ping";
    case "no-transport":
      return "no-transport";
  }
}

/** The timeout of the client's HTTP requests. */
const REQUEST_TIMEOUT: Milliseconds = 100_000;
/** A timer of the client may be this late on a busy page. */
const LATE: Milliseconds = 10_000;

/** When the client itself would have given up. null: it has no timeout for that step. */
function clientTimeout({ wait, hub }: Hang): Milliseconds | null {
  switch (wait.step) {
    case "negotiate":
    case "redirect":
    case "poll":
      return REQUEST_TIMEOUT;
    case "handshake":
      return wait.transport === "LongPolling" ? null : (hub.serverTimeout ?? SERVER_TIMEOUT);
    case "first-ping":
      return hub.serverTimeout ?? SERVER_TIMEOUT;
    case "token":
    case "upgrade":
    case "event-stream":
    case "no-transport":
      return null;
  }
}

/** The client's own timer should have ended it: it is set longer, or didn't run, as the computer slept. */
const outlivedClient = (hang: Hang): boolean => hang.length > (clientTimeout(hang) ?? Infinity) + LATE;

function confidenceOf(hang: Hang): Confidence {
  const { wait, hub } = hang;
  if (outlivedClient(hang)) return "low";
  if (isFull(hang)) return /^http:/i.test(wait.url) ? "high" : "medium";
  if (wait.step !== "token") return "medium";
  // Without the probe, the app may have stopped the connection.
  return hub.hub === null ? "low" : "medium";
}

function offlineDuring({ page, from, total }: Hang): boolean {
  const { offline = [] } = page ?? {};
  return offline.some((span) => span.from <= from + total && (span.until ?? Infinity) >= from);
}

function evidenceOf(hang: Hang): Evidence[] {
  const { wait, hub, page, faults, from, until, outcome, knowledge, total } = hang;
  const end = until ?? from + total;
  const found: Evidence[] = [];
  const add = (t: number, source: Evidence["knowledge"], text: string): number =>
    found.push({ t, knowledge: source, text });
  for (const fault of page?.faults ?? [])
    if (faults.includes(fault.fault))
      add(fault.from, "page", `Fault injected: ${FAULTS[fault.command.name].title.toLowerCase()}`);
  for (const span of page?.offline ?? [])
    if (span.from <= from + total && (span.until ?? Infinity) >= from)
      add(span.from, "page", span.fault === null ? "Network offline" : "Network offline (emulated)");
  for (const span of page?.visibility ?? [])
    if (span.state !== "visible" && span.from <= (until ?? Infinity) && (span.until ?? Infinity) > from)
      add(Math.max(from, span.from), "page", `Tab ${span.state}: this time doesn't count`);
  const start = hang.attempts[0];
  if (start?.startedAt != null && start.startedAt < from && hub.hub !== null && start.origin === "start")
    add(start.startedAt, "client", "start() called: Disconnected, then Connecting");
  add(from, wait.step === "token" ? knowledge : "wire", begunWords(hang));
  if (wait.step === "token" && hub.requests.length === 0)
    add(
      from,
      "wire",
      "A WebSocket without a negotiate (skipNegotiation) that hasn't opened would look the same",
    );
  if (wait.step === "token" && hang.attempts.some(({ requests }) => requests.length > 0))
    add(
      end,
      "wire",
      "By default a server drops an unused negotiate after 15 s (Azure after 5 s), and answers 404 to a later transport",
    );
  const held = heldWords(hang);
  if (held !== null) add(from, "wire", held);
  if (outlivedClient(hang))
    add(
      end,
      "wire",
      `By default the client gives up after ${duration(clientTimeout(hang) ?? 0)}: that time is set longer, or the computer slept`,
    );
  add(end, "wire", endWords(hang));
  if (outcome === "page-ended" && until !== null) add(until, "page", "Page unloaded");
  return found.sort((a, b) => a.t - b.t);
}

function begunWords({ wait, hub }: Hang): string {
  switch (wait.step) {
    case "token":
      return hub.requests.length === 0
        ? "Connecting, and no request is sent"
        : "Negotiate answered, and no transport is started";
    case "negotiate":
    case "redirect":
      return `Negotiate sent to ${hostOf(wait.url)}`;
    case "upgrade":
      return `WebSocket created, to ${hostOf(wait.url)}`;
    case "event-stream":
      return `Event stream requested from ${hostOf(wait.url)}`;
    case "poll":
      return `First poll sent to ${hostOf(wait.url)}`;
    case "handshake":
      return "Transport open";
    case "first-ping":
      return "Handshake answered";
    case "no-transport":
      return "Connected, and the transport is closed";
  }
}

/** Other tabs and other requests of the page aren't recorded, but use the same connections. */
function heldWords({ held, wait }: Hang): string | null {
  if (held === null || held.eventStreams + held.polls === 0) return null;
  const parts = [
    ...(held.eventStreams > 0 ? [counted(held.eventStreams, "event stream")] : []),
    ...(held.polls > 0 ? [counted(held.polls, "poll")] : []),
  ];
  return `${parts.join(" and ")} of this page and its frames held a connection to ${hostOf(wait.url)}; with HTTP/1.1 a browser opens six`;
}

function endWords({ wait, total, outcome }: Hang): string {
  const took = duration(total);
  switch (outcome) {
    case "waiting":
      return wait.step === "no-transport"
        ? `No callback for ${took}, and nothing is tried`
        : `Still waiting for ${awaited(wait)} after ${took}`;
    case "went-on":
      return wait.step === "event-stream"
        ? `The first byte of the event stream arrived after ${took}`
        : `${stepName(wait)} took ${took}`;
    case "failed":
      return `Ended without an answer after ${took}`;
    case "stopped-by-app":
      return `The app called stop() after ${took}`;
    case "page-ended":
      return `No answer for ${took}, until the page ended`;
    case "recording-ended":
      return `No answer for ${took}, until the recording ended`;
  }
}
