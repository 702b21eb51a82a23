/**
 * Blazor Server's own terms. Its client has a hub at `_blazor`, whose protocol is MessagePack under another name, and makes a
 * new HubConnection for each try to come back (read in blazor.web.js of .NET 8 to 10).
 */

/** The name of its hub protocol in the handshake. */
export const BLAZORPACK = "blazorpack";

/**
 * The calls about a circuit. StartCircuit and ResumeCircuit are answered with the id of a new circuit (nothing: refused),
 * ConnectCircuit and PauseCircuit with true or false. Pause and resume exist since .NET 10.
 */
export const CIRCUIT_METHODS = ["StartCircuit", "ConnectCircuit", "ResumeCircuit", "PauseCircuit"] as const;
export type CircuitMethod = (typeof CIRCUIT_METHODS)[number];

export const isCircuitMethod = (target: string | undefined): target is CircuitMethod =>
  (CIRCUIT_METHODS as readonly (string | undefined)[]).includes(target);

/**
 * What the page tells its circuit at each navigation within the page, by Blazor's router or by enhanced navigation; the second
 * follows it only if the page's root components change, as they do with enhanced navigation (tried with .NET 10).
 */
export const LOCATION_CHANGED = "OnLocationChanged";
export const UPDATE_ROOT_COMPONENTS = "UpdateRootComponents";

/**
 * States of the reconnect UI as in its CSS classes (`components-reconnect-…`). If an element has several, the first of
 * these counts.
 */
export const RECONNECT_UI_STATES = [
  "rejected",
  "resume-failed",
  "failed",
  "paused",
  "retrying",
  "show",
  "hide",
] as const;
export type ReconnectUiState = (typeof RECONNECT_UI_STATES)[number];
