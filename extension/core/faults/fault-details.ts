import type { SocketId } from "../ids.ts";
import type { ParameterTable } from "./parameter.ts";

/**
 * What a fault is aimed at: every SignalR connection of the page; one connection, by the socket that it uses now; every
 * connection to one hub, by its address without a query; a seeded percentage of the connections. All but the second hold
 * for connections that begin while the fault lasts, too.
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
  /** The browser itself does not do it; the page is made to believe. */
  readonly emulated: boolean;
  /** It goes on until it ends by itself or is undone. */
  readonly lasting: boolean;
  /** Whether a connection that is lost while it lasts is lost through it. "maybe": only if it goes on for long enough. */
  readonly breaks: "yes" | "maybe" | "no";
  /** It does something to connections that are open, and is refused when there is none. */
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
  /** Elsewhere it is refused. */
  readonly only?: "WebSockets" | "Chromium";
}
