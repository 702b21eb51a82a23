/** A real break and the fault that simulates it, on two pages with the same client, so that the results can be compared. */
import type { FAULT_DETAILS, FaultName } from "../../extension/core/faults/vocabulary.ts";
import type { BrowserName } from "../harness/browser/index.ts";
import type { ClientSettings } from "../harness/clients/page.ts";
import type { Injected, Side } from "./side.ts";

/** How the client is set; the first word is its transport. */
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

/** What is compared: the app's callbacks, the server's log, the connection id that follows, events of the page. */
export type Aspect = "app" | "server" | "id" | "page";

/** One half of a pair. */
export interface Half {
  /** Where the settings themselves are the real thing. */
  readonly client?: Partial<ClientSettings>;
  readonly hub?: string;
  /** Waits until everything has arrived. */
  act(side: Side): Promise<void>;
}

/** A difference that the fault's limitations list. It must exist exactly like this, or the pair fails. */
export interface Known<N extends FaultName> {
  /** Everywhere when absent. */
  readonly on?: readonly Variant[];
  readonly browser?: BrowserName;
  readonly at: Aspect;
  readonly real?: readonly string[];
  readonly injected?: readonly string[];
  /** As the fault's own file has it, for the docs and the panel. */
  readonly because: (typeof FAULT_DETAILS)[N]["realism"]["limitations"][number];
}

export interface Pair<N extends FaultName = FaultName> {
  readonly fault: N;
  /** What is done for real. */
  readonly how: string;
  readonly on: readonly Variant[];
  readonly browser?: BrowserName;
  readonly client?: Partial<ClientSettings>;
  /** Path and query. */
  readonly hub?: string;
  /** Another server than the usual one: it forgets a lost connection after so long. */
  readonly disconnectTimeout?: number;
  /** What can't be compared, as it goes with the server. */
  readonly without?: readonly Aspect[];
  /** Lines of the server's log that vary, also in reality. */
  readonly luck?: RegExp;
  /** The act itself starts the clients, if it does; otherwise there is one that is connected. */
  readonly starts?: true;
  readonly real: Half;
  readonly injected: Half;
  readonly known?: readonly Known<N>[];
}

export type AnyPair = { [N in FaultName]: Pair<N> }[FaultName];

/** For the compiler: the texts are those of this fault. */
export const pair = <N extends FaultName>(one: Pair<N>): AnyPair => one as unknown as AnyPair;

/** At once, and then soon, for as long as anything here takes. */
export const SOON: readonly number[] = [0, ...new Array<number>(60).fill(150)];

/** The hub pings once a second and gives a silent client up after three; the client gives up before that. */
export const lively = (path: string): Pick<Pair, "hub" | "client"> => ({
  hub: `${path}?keepAlive=1000&clientTimeout=3000`,
  client: { serverTimeout: 2_500, keepAlive: 1_000 },
});

/** The server of the real thing sees both sides cut; with the fault it sees nothing until later. */
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

/** A fault that lasts until the client has lost its connection by it and found its way back. */
export const injectingUntilLost = (fault: Injected): Half => ({
  async act({ inject, end, untilTold }) {
    const injected = await inject(fault);
    await untilTold("reconnected");
    await end(injected);
  },
});

/** The client finds its way back after it. */
export const injecting = (fault: Injected): Half => ({
  async act({ inject, untilTold }) {
    await inject(fault);
    await untilTold("reconnected");
  },
});
