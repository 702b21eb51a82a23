/** Recommendations in Blazor's terms, where a circuit is concerned. */
import { reduced } from "../model/reduced.ts";
import type { Downtime } from "../model/types.ts";
import type { Advice } from "./advice.ts";
import { whyRefused, type WhyRefused } from "./circuit.ts";
import { verdictOf } from "./diagnose.ts";
import type { CauseName } from "./verdict.ts";

const DOCS = "https://learn.microsoft.com/aspnet/core/blazor/";
const STATE = `${DOCS}state-management/server`;
const SIGNALR = `${DOCS}fundamentals/signalr`;

/** null: it isn't a circuit's connection. */
export function circuitAdvice(one: Downtime): Advice | null {
  const state = reduced(one);
  if (state.lane.model.circuit === null) return null;
  if (state.kind === "failed-start") return FAILED_START;
  const ofCause = CAUSES[verdictOf(one).cause];
  switch (state.circuit) {
    case "kept":
      return ofCause ?? KEPT;
    case "resumed":
      return RESUMED;
    case "new":
      return NEW;
    case "refused":
      return REFUSED[whyRefused(state)];
    case "ended":
    case null:
      return ofCause ?? WAITING;
  }
}

const KEPT: Advice = {
  text: "The server kept the circuit, so components and their state are as before. Calls and events that were on their way may be lost.",
  link: `${SIGNALR}#reflect-the-server-side-connection-state-in-the-ui`,
};
const RESUMED: Advice = {
  text: "The server had dropped the circuit and made a new one from its saved state: only what is marked with [PersistentState] is as before.",
  link: STATE,
};
const NEW: Advice = {
  text: "A new circuit was started: all state of the components was lost. Keep what matters in the URL, in a database or in browser storage.",
  link: STATE,
};
const WAITING: Advice = {
  text: "The server keeps the circuit of a lost connection for 3 minutes by default (DisconnectedCircuitRetentionPeriod). Blazor tries by itself to come back to it.",
  link: SIGNALR,
};
const FAILED_START: Advice = {
  text: "Without its circuit a Blazor Server page doesn't react to the user. Check that proxies forward WebSockets to _blazor, and that several servers have sticky sessions.",
  link: `${DOCS}host-and-deploy/server`,
};

const KEEP =
  "State that must survive belongs in [PersistentState] properties (.NET 10), a database or browser storage.";

const REFUSED: Readonly<Record<WhyRefused, Advice>> = {
  restart: {
    text: `The server was unreachable for a while and didn't know the circuit afterwards: it probably restarted (a deployment, a crash, dotnet watch), and circuits live in its memory. ${KEEP} A distributed cache keeps it over restarts.`,
    link: STATE,
  },
  retention: {
    text: `The connection was lost for longer than the server keeps a circuit (DisconnectedCircuitRetentionPeriod, 3 minutes by default). Raise it if users come back later. ${KEEP}`,
    link: SIGNALR,
  },
  unknown: {
    text: `The server was there and didn't know the circuit: dropped for lack of room (DisconnectedCircuitMaxRetained, 100 by default) or after a shorter retention period, restarted too quickly to be seen, or another server without sticky sessions. ${KEEP}`,
    link: `${DOCS}host-and-deploy/server`,
  },
};

const CAUSES: Readonly<Partial<Record<CauseName, Advice>>> = {
  "message-too-large": {
    text: "Blazor sends events, form values and JS interop results as hub messages, which may have 32 KB: a large paste or interop result ends the connection and is lost. Raise MaximumReceiveMessageSize in AddHubOptions, or send the data in pieces (IJSStreamReference, InputFile).",
    link: `${SIGNALR}#maximum-receive-message-size`,
  },
  "server-close": {
    text: "The reason is in the server's log. If a large value was just pasted or returned to .NET, it may have been longer than a hub message may be (32 KB): raise MaximumReceiveMessageSize in AddHubOptions.",
    link: `${SIGNALR}#maximum-receive-message-size`,
  },
  "circuit-ended": {
    text: "With DetailedErrors the page gets the exception's text, too: see JS.Error in Messages. Catch exceptions in event handlers and lifecycle methods, or put an ErrorBoundary around the component.",
    link: `${DOCS}fundamentals/handle-errors`,
  },
};
