import type { SocketId } from "../ids.ts";
import type { ParameterTable } from "./parameter.ts";

/**
 * What a fault affects: every SignalR connection of the page; one connection, by its current socket; every connection to one
 * hub, by its address without a query; or a percentage of the connections, chosen at random with a seed. All except the second
 * include connections that begin while the fault lasts.
 */
export type FaultTarget =
  | { readonly scope: "page" }
  | { readonly scope: "connection"; readonly socket: SocketId }
  | { readonly scope: "hub"; readonly url: string }
  | { readonly scope: "share"; readonly percent: number; readonly seed: number };

export type FaultScope = FaultTarget["scope"];

/** The outline.ts of a fault: what is needed before its details are loaded; see outlines.ts. */
export interface FaultOutline {
  readonly title: string;
  readonly group: FaultGroup;
  /** It is simulated for the page; the browser itself doesn't do it. */
  readonly emulated: boolean;
  /** It lasts until it ends by itself or is undone. */
  readonly lasting: boolean;
  /** Whether it is the cause of losses while it lasts. "maybe": only if it lasts long enough. */
  readonly breaks: "yes" | "maybe" | "no";
  /** It affects open connections, and is rejected without any. */
  readonly needsConnection: boolean;
}

export type FaultGroup = "Connection loss" | "Rejections" | "Slow network" | "Messages" | "Tab" | "Server";

/** The details.ts of a fault: its parameters and its documentation. */
export interface FaultDetails {
  readonly scopes: readonly FaultScope[];
  readonly parameters: ParameterTable;
  /** One plain sentence. */
  readonly description: string;
  readonly appSees: string;
  readonly serverSees: string;
  readonly realism: {
    readonly simulates: string;
    /** Known differences from the real event. */
    readonly limitations: readonly string[];
  };
  /** It is rejected elsewhere. */
  readonly only?: "WebSockets" | "Chromium";
}
