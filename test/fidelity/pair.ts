/** A pair is a real break and the fault that simulates it. They run on two pages with the same client, to compare the results. */
import type { FAULT_DETAILS, FaultName } from "../../extension/core/faults/vocabulary.ts";
import type { BrowserName } from "../harness/browser/index.ts";
import type { ClientSettings } from "../harness/clients/page.ts";
import type { Injected, Side } from "./side.ts";

/** The configuration of the client; the first word is its transport. */
export type Variant =
  | "WebSockets"
  | "WebSockets, stateful"
  | "WebSockets, MessagePack"
  | "ServerSentEvents"
  | "LongPolling"
  | "every transport";

export const SETTINGS: Readonly<Record<Variant, Partial<ClientSettings>>> = {
  WebSockets: { transport: "WebSockets" },
  "WebSockets, stateful": { transport: "WebSockets", stateful: true },
  "WebSockets, MessagePack": { transport: "WebSockets", protocol: "messagepack" },
  ServerSentEvents: { transport: "ServerSentEvents" },
  LongPolling: { transport: "LongPolling" },
  "every transport": {},
};

/** What is compared: the app's callbacks, the server's log, the next connection id, events of the page. */
export type Aspect = "app" | "server" | "id" | "page";

/** One half of a pair: the real break or the fault. */
export interface Half {
  /** Client settings, where these themselves are the real break. */
  readonly client?: Partial<ClientSettings>;
  readonly hub?: string;
  /** Causes the break, and waits until all its effects have arrived. */
  act(side: Side): Promise<void>;
}

/** A difference that the fault's limitations list. If it doesn't exist exactly like this, the pair fails. */
export interface Known<N extends FaultName> {
  /** The configurations in which the difference exists; all when absent. */
  readonly on?: readonly Variant[];
  readonly browser?: BrowserName;
  readonly at: Aspect;
  readonly real?: readonly string[];
  readonly injected?: readonly string[];
  /** The limitation, worded exactly as in the fault's own file, which docs and panel show. */
  readonly because: (typeof FAULT_DETAILS)[N]["realism"]["limitations"][number];
}

export interface Pair<N extends FaultName = FaultName> {
  readonly fault: N;
  /** A description of the real break. */
  readonly how: string;
  readonly on: readonly Variant[];
  readonly browser?: BrowserName;
  readonly client?: Partial<ClientSettings>;
  /** Path and query of the hub's URL. */
  readonly hub?: string;
  /** Use a server that removes a lost connection after this time, instead of the default server. */
  readonly disconnectTimeout?: number;
  /** Aspects that can't be compared, as the real break removes them together with the server. */
  readonly without?: readonly Aspect[];
  /** Lines of the server's log that vary, also with the real break. */
  readonly luck?: RegExp;
  /** `act` starts the clients itself. Otherwise one client is connected before. */
  readonly starts?: true;
  readonly real: Half;
  readonly injected: Half;
  readonly known?: readonly Known<N>[];
}

export type AnyPair = { [N in FaultName]: Pair<N> }[FaultName];

/** Lets the compiler check that the limitations are those of this fault. */
export const pair = <N extends FaultName>(one: Pair<N>): AnyPair => one as unknown as AnyPair;

/** Retry delays: none before the first attempt, then short ones, enough for the longest pair. */
export const SOON: readonly number[] = [0, ...new Array<number>(60).fill(150)];

/** The hub pings once a second and disconnects a silent client after three; the client's own timeout is shorter. */
export const lively = (path: string): Pick<Pair, "hub" | "client"> => ({
  hub: `${path}?keepAlive=1000&clientTimeout=3000`,
  client: { serverTimeout: 2_500, keepAlive: 1_000 },
});

/** In the real break the server notices the cut at once; with the fault it notices only later. */
export const cutAtTheServer = <const B extends string>(because: B) =>
  [
    {
      on: ["WebSockets", "WebSockets, stateful", "WebSockets, MessagePack"],
      at: "server",
      real: ["first: disconnected", "first: socket closed 1006", "first: transport closed WebSockets"],
      because,
    },
    {
      on: ["ServerSentEvents"],
      at: "server",
      real: ["first: disconnected", "first: transport closed ServerSentEvents"],
      because,
    },
  ] as const;

/** A fault that lasts until the client has lost its connection and reconnected. */
export const injectingUntilLost = (fault: Injected): Half => ({
  async act({ inject, end, untilTold }) {
    const injected = await inject(fault);
    await untilTold("reconnected");
    await end(injected);
  },
});

/** A fault after which the client reconnects. */
export const injecting = (fault: Injected): Half => ({
  async act({ inject, untilTold }) {
    await inject(fault);
    await untilTold("reconnected");
  },
});
