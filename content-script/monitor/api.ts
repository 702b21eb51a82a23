/** What a page calls. Published as the types of `hubscope/monitor`. */

export interface MonitorOptions {
  /**
   * Base address of a collector that takes OTLP over HTTP as JSON: `/v1/traces` and `/v1/metrics` are added to it. A path of the page's own
   * server is best: requests to another origin need CORS.
   */
  readonly endpoint: string;
  /** The share of sessions that are observed, 0 to 1. */
  readonly sampleRate: number;
  /** Whether it is decided once for each session of a tab (sessionStorage), or for each page. "session" when absent. */
  readonly sampleBy?: "session" | "page";
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `service.name`. The page's host when absent. */
  readonly serviceName?: string;
  /** `service.version`: the version of your app. */
  readonly serviceVersion?: string;
  /** More attributes of the resource. Don't put anything personal in. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /** What is sent; both when absent. */
  readonly signals?: readonly MonitorSignal[];
  /** Whether connection ids are sent, to find a connection in the server's logs. false when absent. */
  readonly connectionIds?: boolean;
  /**
   * How the path of a hub is sent. When absent, parts that look like ids are replaced: "/boards/81/hub" becomes "/boards/{id}/hub".
   * @param path without host and query
   */
  readonly hubPath?: (path: string) => string;
  /**
   * Whether HubConnection objects are found, by an accessor on Object.prototype: then states, timeouts and decisions of the retry policy are
   * known. Without it they are derived from the traffic. true when absent.
   */
  readonly findClients?: boolean;
  /** "late": the script that finds causes is loaded when a connection was lost. "early": when the first one is connected. "late" when absent. */
  readonly judge?: "late" | "early";
}

export type MonitorSignal = "traces" | "metrics";

export interface Monitor {
  /** Whether this page is observed. */
  readonly sampled: boolean;
  /**
   * Resolves when connections that are built from now on are observed, or when it is clear that none will be. With its `sampled`;
   * false also if the script could not be loaded, or isn't there after two seconds: then it may observe later. It never rejects.
   */
  readonly ready: Promise<boolean>;
  /** Sends what is known by now. It resolves after at most five seconds, and never rejects. */
  flush(): Promise<void>;
  /** Ends it: what was found is sent, and no more is observed on this page. */
  stop(): void;
}
