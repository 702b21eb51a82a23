/** What happens in several runs. */
import { setTimeout as pause } from "node:timers/promises";
import type { Told } from "../harness/clients/page.ts";
import type { Situation } from "../harness/situation/situation.ts";
import type { AppRun } from "./finding-run.ts";

type Happens = AppRun["happens"];

/** Delays that don't give up for longer than any run takes, without jitter. */
export const FIXED = [0, 500, 1_000, 2_000, ...Array<number>(20).fill(3_000)];

/** One after the other. */
export const first =
  (...all: readonly Happens[]): Happens =>
  async (situation) => {
    for (const one of all) await one(situation);
  };

export const wait =
  (milliseconds: number): Happens =>
  async () => {
    await pause(milliseconds);
  };

export const told =
  (what: Told["what"], times = 1, name = "one"): Happens =>
  ({ untilTold }) =>
    untilTold(what, times, name);

/** The network cuts the connection so many times, and the app comes back each time. */
export const cut =
  (times = 1, what: Told["what"] = "reconnected"): Happens =>
  async ({ page, proxy, untilTold }) => {
    const before = await page.evaluate(
      (wanted) => window.clients["one"]!.told.filter((one) => one.what === wanted).length,
      what,
    );
    for (let time = 1; time <= times; time++) {
      proxy.cut();
      await untilTold(what, before + time);
      await pause(300);
    }
  };

/** The network is away for that time. */
export const away =
  (milliseconds: number): Happens =>
  async ({ proxy }) => {
    await proxy.refuse();
    proxy.cut();
    await pause(milliseconds);
    await proxy.accept();
  };

/** Calls, and doesn't wait for the answer. */
export const callAndLeave = (
  { page }: Situation,
  method: string,
  ...args: readonly unknown[]
): Promise<void> =>
  page.evaluate(
    (name, values) => void window.clients["one"]!.invoke(name, ...values).catch(() => undefined),
    method,
    args,
  );
