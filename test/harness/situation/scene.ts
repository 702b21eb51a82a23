/** What a situation is set up from: the page, its client or app, the hub and what is between them. */
import type { TestPage } from "../browser/index.ts";
import type { ClientSettings } from "../clients/page.ts";
import type { ClientVersion } from "../clients/serve.ts";
import type { Gateway } from "./gateway.ts";
import type { Situation } from "./situation.ts";

export interface Scene {
  readonly client?: Partial<ClientSettings>;
  /** Starts an app of the page, which has a client of this name. When absent, a client alone is started. */
  readonly starts?: (page: TestPage, name: string, settings: ClientSettings) => Promise<string>;
  /** The same, without waiting for the result. */
  readonly begins?: (page: TestPage, name: string, settings: ClientSettings) => Promise<void>;
  /** The version of the client, if it isn't the newest. */
  readonly version?: ClientVersion;
  /**
   * A page with zone.js, as in Angular apps; or one whose service worker answers requests to the hubs when a test asks for
   * it.
   */
  readonly page?: "zone.js" | "service worker";
  /** The connect-src of the page's Content-Security-Policy. */
  readonly connectSources?: string;
  /** Path and query of the hub's URL. */
  readonly hub?: string;
  /** Allow all transports. Otherwise the client uses WebSockets only, or what `client` says. */
  readonly everyTransport?: true;
  /** The client connects through the TCP proxy. */
  readonly proxied?: boolean;
  /** The client connects through this gateway. The scene is skipped where the gateway isn't installed. */
  readonly gateway?: Gateway;
  /** Starts what is at the hub's address, or behind the proxy, instead of the server. */
  readonly at?: () => Promise<{ readonly url: string; stop(): Promise<void> }>;
  /** The page starts its client by itself when it loads. */
  readonly connectsItself?: true;
  /** What comes first. When absent, the client starts and is connected. If the start itself is tested, it just starts. */
  readonly before?: (situation: Situation) => Promise<void>;
}
