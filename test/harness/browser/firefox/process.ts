import { spawn, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { findBrowser } from "../../../../extension/cli/record/find-browser.ts";
import type { Size } from "../types.ts";
import { until } from "../until.ts";
import { Marionette } from "./marionette.ts";

/** A running Firefox and the connection that drives it. */
export interface FirefoxProcess {
  marionette: Marionette;
  /** Resolves when the process has ended, for whatever reason. */
  exited: Promise<void>;
  quit(): Promise<void>;
}

export interface StartOptions {
  profile: string;
  headless: boolean;
  executable: string | undefined;
  /** Size of the window; Firefox's default when absent. */
  size?: Size | undefined;
}

export async function startFirefox({
  profile,
  headless,
  executable,
  size,
}: StartOptions): Promise<FirefoxProcess> {
  const args = ["--no-remote", "--profile", profile, "-marionette", "-remote-allow-system-access"];
  if (headless) args.push("--headless");
  if (size) args.push("--width", String(size.width), "--height", String(size.height));
  const child = spawn(executable ?? findBrowser("firefox"), args, { stdio: "ignore" });
  const kill = () => child.kill("SIGKILL");
  killWithUs(child, kill);
  try {
    const marionette = await connect(child, profile);
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    return { marionette, exited, quit: () => quit(child, exited, marionette) };
  } catch (error) {
    kill();
    throw error;
  }
}

/** Kills Firefox when this process ends: it wouldn't notice that its driver is gone, and would keep running. */
function killWithUs(child: ChildProcess, kill: () => void): void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const onSignal = (signal: NodeJS.Signals) => {
    kill();
    // If nobody else listens for the signal, end the process, as the signal would have done without our listener.
    if (process.listenerCount(signal) === 1) process.exit(128 + os.constants.signals[signal]);
  };
  process.once("exit", kill);
  for (const signal of signals) process.on(signal, onSignal);
  child.once("exit", () => {
    process.off("exit", kill);
    for (const signal of signals) process.off(signal, onSignal);
  });
}

async function connect(child: ChildProcess, profile: string): Promise<Marionette> {
  const portFile = path.join(profile, "MarionetteActivePort");
  return until("Firefox to start", async () => {
    if (child.exitCode !== null) throw new Error(`Firefox ended with ${String(child.exitCode)}`);
    return Marionette.connect(Number(await readFile(portFile, "utf8")));
  });
}

async function quit(child: ChildProcess, exited: Promise<void>, marionette: Marionette): Promise<void> {
  const tooLate = setTimeout(() => child.kill("SIGKILL"), 10_000);
  // The answer may come before the connection breaks or not; only the exit of the process matters.
  await marionette.send("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => undefined);
  await exited;
  clearTimeout(tooLate);
  marionette.close();
}
