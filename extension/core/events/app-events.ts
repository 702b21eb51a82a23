/** Recorded events of Blazor Server's circuits, and of what the app's own code does. See events.ts. Types only. */
import type { HubId, SocketId } from "../ids.ts";
import type { CircuitMethod, ReconnectUiState } from "../protocol/blazor.ts";
import type { Stamped } from "./events.ts";

/* ---------- Blazor Server ---------- */

/** A call of Blazor's client about its circuit, and later the answer. Other messages of `/_blazor` are ordinary ones. */
export interface CircuitCalled extends Stamped {
  readonly kind: "circuit";
  readonly socket: SocketId;
  readonly method: CircuitMethod;
  /** "refused": the server answered, with `false` or nothing; "failed": with an error. */
  readonly step: "called" | "accepted" | "refused" | "failed";
  /** A short hash of the circuit's id, which is a secret: of the one that is asked for, or of the new one. */
  readonly circuit?: string;
  readonly error?: string;
}

/** The server ended the circuit because of an exception (`JS.Error`). */
export interface CircuitError extends Stamped {
  readonly kind: "circuit-error";
  readonly socket: SocketId;
  readonly error: string;
}

/** What Blazor's reconnect UI shows, by the CSS class of `#components-reconnect-modal`. Its default UI has none. */
export interface ReconnectUi extends Stamped {
  readonly kind: "reconnect-ui";
  readonly state: ReconnectUiState;
}

/** Blazor's beacon: the page is left, and the server ends the circuit at once. */
export interface CircuitLeft extends Stamped {
  readonly kind: "circuit-left";
}

/* ---------- the app's code ---------- */

/**
 * Something that the app's code does wrong with a HubConnection. "started-twice" and "not-connected" are known only where the app
 * doesn't catch the client's error;
 * "no-result": the server wants a result, and no handler returns one; "handlers-doubled": `count` handlers for one target.
 */
export type Mistake =
  "started-twice" | "not-connected" | "no-handler" | "handler-threw" | "no-result" | "handlers-doubled";

export interface AppMistake extends Stamped {
  readonly kind: "app-mistake";
  readonly hub: HubId;
  readonly mistake: Mistake;
  /** Of the call or the message; in lower case where the client says so. */
  readonly target?: string;
  /** How often, since the last such event. */
  readonly count: number;
  /** Of a handler, where payloads are recorded. */
  readonly error?: string;
  readonly stack?: string;
}

/** From where in the page's code a connection is started or stopped, while payloads are recorded. Each place once. */
export interface CallSite extends Stamped {
  readonly kind: "call-site";
  readonly hub: HubId;
  readonly method: "start" | "stop";
  /** The page's frames, innermost first, one in each line, as the browser writes them. */
  readonly stack: string;
}
