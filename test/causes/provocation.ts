/** One way to really break a connection. Afterwards the client is connected again, has given up, or hangs. */
import type { BrowserName } from "../harness/browser/index.ts";
import type { Told } from "../harness/clients/page.ts";
import type { ControlCommand } from "../harness/hubs/control-command.ts";
import type { BlazorScene } from "../harness/situation/blazor-situation.ts";
import type { Scene } from "../harness/situation/scene.ts";
import type { Situation } from "../harness/situation/situation.ts";

/** The expected verdict. Several, if timing decides which one is right. */
export type Expected = string | readonly string[];

export interface Described {
  readonly name: string;
  /** A description for readers of the fixture. */
  readonly how: string;
  /** The expected verdict with the client probe. */
  readonly expected: Expected;
  /** The expected verdict without the probe, if it differs: "unknown", or one with less confidence. */
  readonly expectedOnWire?: Expected;
  /** For a browser that reports more or less than the other one: its expected verdict, with and without the probe. */
  readonly expectedIn?: Partial<Record<BrowserName, Expected>>;
  /** The only browser in which this is possible. */
  readonly only?: BrowserName;
}

/** A provocation on the clients' page, whose client connects to a hub of the server. */
export interface Provocation extends Described, Scene {
  /** At the end a client still waits for something. */
  readonly waits?: true;
  readonly provoke: (situation: Situation) => Promise<void>;
}

/** A provocation on a page of the Blazor Server app, whose client is Blazor's own. */
export interface BlazorProvocation extends Described, BlazorScene {}

export type AnyProvocation = Provocation | BlazorProvocation;

/** Retry delays, together long enough for a server that starts slowly. */
const SOON = [0, 200, 500, 1_000, ...Array<number>(20).fill(2_000)];
export const retries = { retries: SOON };
/** Settings for provocations whose start fails. */
export const failing = {
  before: ({ start }: Situation) => start().then(() => undefined),
  provoke: ({ untilTold }: Situation) => untilTold("start failed"),
};
/** A break: after a call, the server executes this command; then wait until the client reports the result. */
export const serverDoes =
  (does: ControlCommand | readonly ControlCommand[], told: Told["what"] = "reconnected") =>
  async ({ control, invoke, untilTold }: Situation): Promise<void> => {
    await invoke("Echo", 1);
    for (const command of [does].flat()) await control(command);
    await untilTold(told);
  };
/** A break: after a call, the proxy cuts both sides. */
export const cut =
  (told: Told["what"] = "reconnected") =>
  async ({ invoke, proxy, untilTold }: Situation): Promise<void> => {
    await invoke("Echo", 1);
    proxy.cut();
    await untilTold(told);
  };
/** A break: the server is killed, and after a second started again on the same port. */
export const killServer = async ({ restart, untilTold }: Situation): Promise<void> => {
  await restart("kill", 1_000);
  await untilTold("reconnected");
};
export const big = (size: number): string => "x".repeat(size);

export const expectedOf = (
  { expected, expectedOnWire, expectedIn }: Described,
  browser: BrowserName,
): { readonly probe: Expected; readonly wire: Expected } => {
  const probe = expectedIn?.[browser] ?? expected;
  return { probe, wire: expectedOnWire ?? probe };
};

export const isExpected = (name: string, expected: Expected): boolean =>
  typeof expected === "string" ? name === expected : expected.includes(name);
