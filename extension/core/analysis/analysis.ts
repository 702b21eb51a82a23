/** What a recording says, as plain JSON. Times are milliseconds since 1970, durations milliseconds. */

export interface Analysis {
  /** The first and the last event. */
  readonly from: number;
  readonly to: number;
  readonly hubs: readonly HubConnection[];
  /** Of all hubs, in order of time. */
  readonly interruptions: readonly Interruption[];
  /** Worst first. */
  readonly findings: readonly Finding[];
  /** Events that were lost while recording. */
  readonly dropped: number;
}

export interface HubConnection {
  /** Unique in a recording. */
  readonly key: string;
  /** Address of the hub, without secrets. */
  readonly url: string;
  /** Id of the page or frame that it is in. */
  readonly page: string;
  /** Such as "WebSockets". null: not known. */
  readonly transport: string | null;
  /** Such as "json". null: not known. */
  readonly protocol: string | null;
  readonly clientVersion: string | null;
  /** How long it was connected, in all. */
  readonly connected: number;
  /** Hub messages, with pings. */
  readonly messages: { readonly received: number; readonly sent: number };
}

/** A time without a connection that the app wanted. */
export interface Interruption {
  /** "failed-start": it was not connected before. */
  readonly kind: "interruption" | "failed-start";
  /** Unique in a recording. */
  readonly key: string;
  /** Key and address of its hub connection. */
  readonly hub: string;
  readonly url: string;
  readonly from: number;
  /** null: it has not ended in this recording. */
  readonly until: number | null;
  /** Of an interruption: "reconnected", "resumed", "restarted", "gave-up" and others; of a failed start: "connected", "failed" and others. */
  readonly outcome: string;
  /** Whether it was connected again. */
  readonly recovered: boolean;
  /** How often it was tried to connect. */
  readonly attempts: number;
  /** Name of the cause, such as "server-gone": docs/causes.md lists them. */
  readonly cause: string;
  /** Where the cause is "injected": the one that Hubscope would name if it didn't know of the fault. Otherwise the cause. */
  readonly looksLike: string;
  readonly title: string;
  /** How sure that is. */
  readonly confidence: "high" | "medium" | "low";
  /** What prevented the connection or the reconnect. null: nothing, or not known. */
  readonly obstacle: { readonly name: string; readonly title: string } | null;
  /** In order of time. */
  readonly evidence: readonly { readonly t: number; readonly text: string }[];
  /** Causes that were looked for, and why they are out of the question. */
  readonly ruledOut: readonly string[];
}

/** A point of Microsoft's guidance that the app doesn't meet. */
export interface Finding {
  /** Such as "no-automatic-reconnect": docs/findings.md lists them. */
  readonly id: string;
  /** Address of the hub, without secrets. */
  readonly url: string;
  readonly severity: "high" | "medium" | "low";
  readonly title: string;
  /** One sentence with this app's own figures. */
  readonly say: string;
  /** Why it matters. */
  readonly why: string;
  /** A public page that says so. */
  readonly link: string;
  /** A scenario that was run after it was found shows that it is gone. */
  readonly gone: boolean;
  readonly changes: readonly {
    readonly where: "client" | "server" | "azure" | "proxy";
    readonly text: string;
    readonly code?: string;
  }[];
  readonly moments: readonly { readonly t: number; readonly text: string }[];
}
