/** One way to really break a connection. Afterwards the connection is either connected again or given up. */
import type { BrowserName } from "../harness/browser/index.ts";
import type { ClientSettings, Told } from "../harness/clients/page.ts";
import type { ControlCommand } from "../harness/hubs/control-command.ts";
import type { Gateway } from "./gateway.ts";
import type { Situation } from "./situation.ts";

/** The expected verdict. Several: it depends on timing which one is right. */
export type Expected = string | readonly string[];

export interface Provocation {
  readonly name: string;
  /** For whoever reads the fixture. */
  readonly how: string;
  /** With the probe. */
  readonly expected: Expected;
  /** Without the probe, if that differs: "unknown", or with less confidence. */
  readonly expectedOnWire?: Expected;
  /** Where a browser tells more or less than the other, with the probe and without. */
  readonly expectedIn?: Partial<Record<BrowserName, Expected>>;
  readonly client?: Partial<ClientSettings>;
  /** A page under zone.js, as Angular's are; or one whose service worker answers for the hubs when it is told to. */
  readonly page?: "zone.js" | "service worker";
  /** Path and query of the hub. */
  readonly hub?: string;
  /** Otherwise the client may use WebSockets only, or what `client` says. */
  readonly everyTransport?: true;
  /** The client's way to the hub leads over the proxy. */
  readonly proxied?: boolean;
  /** It leads over this one. Skipped where it isn't installed. */
  readonly gateway?: Gateway;
  /** Not every browser can do it. */
  readonly only?: BrowserName;
  /** The page starts its client by itself when it is loaded. */
  readonly connectsItself?: true;
  /** When absent: start, and connected. Where the start itself is the matter: just start. */
  readonly before?: (situation: Situation) => Promise<void>;
  readonly provoke: (situation: Situation) => Promise<void>;
}

/** Long enough for a server that starts slowly. */
const SOON = [0, 200, 500, 1_000, ...Array<number>(20).fill(2_000)];
export const retries = { retries: SOON };
/** A start that fails. */
export const failing = {
  before: ({ start }: Situation) => start().then(() => undefined),
  provoke: ({ untilTold }: Situation) => untilTold("start failed"),
};
/** After a call, the server does this, and the client tells what became of its connection. */
export const serverDoes =
  (does: ControlCommand | readonly ControlCommand[], told: Told["what"] = "reconnected") =>
  async ({ control, invoke, untilTold }: Situation): Promise<void> => {
    await invoke("Echo", 1);
    for (const command of [does].flat()) await control(command);
    await untilTold(told);
  };
/** After a call, the proxy cuts both sides. */
export const cut =
  (told: Told["what"] = "reconnected") =>
  async ({ invoke, proxy, untilTold }: Situation): Promise<void> => {
    await invoke("Echo", 1);
    proxy.cut();
    await untilTold(told);
  };
/** The server is started again on the same port, after a second. */
export const killServer = async ({ restart, untilTold }: Situation): Promise<void> => {
  await restart("kill", 1_000);
  await untilTold("reconnected");
};
export const big = (size: number): string => "x".repeat(size);

export const expectedOf = (
  { expected, expectedOnWire, expectedIn }: Provocation,
  browser: BrowserName,
): { readonly probe: Expected; readonly wire: Expected } => {
  const probe = expectedIn?.[browser] ?? expected;
  return { probe, wire: expectedOnWire ?? probe };
};

export const isExpected = (name: string, expected: Expected): boolean =>
  typeof expected === "string" ? name === expected : expected.includes(name);
