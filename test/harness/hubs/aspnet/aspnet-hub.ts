import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { LogEntry, RunningHub } from "../running-hub.ts";
import { buildServer, hasDotnet, serverDll } from "./build.ts";

type ServerProcess = ChildProcessByStdio<null, Readable, Readable>;

export interface RunningAspNetHub extends RunningHub {
  readonly kind: "aspnet";
  readonly processId: number;
  /** Kills the process, so that it can't send anything to its clients any more. */
  kill(): Promise<void>;
}

export interface AspNetHubSettings {
  /** Any free port when 0 or absent. A killed server can be restarted on its old port. */
  port?: number;
  /** How long a connection without a transport is kept. In ASP.NET Core this is one setting for all connections. */
  disconnectTimeoutMilliseconds?: number;
}

/** Starts the ASP.NET Core server on 127.0.0.1, and builds it first if necessary; null when there is no .NET SDK. */
export async function startAspNetHub({
  port = 0,
  disconnectTimeoutMilliseconds = 15_000,
}: AspNetHubSettings = {}): Promise<RunningAspNetHub | null> {
  if (!hasDotnet()) return null;
  await buildServer();
  const disconnectTimeout = `00:00:${disconnectTimeoutMilliseconds / 1_000}`;
  const settings = ["--urls", `http://127.0.0.1:${port}`, "--disconnectTimeout", disconnectTimeout];
  const server = spawn("dotnet", [serverDll, ...settings], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: "1" },
  });
  // A test run that crashes must not leave a running server behind.
  const killWithUs = (): boolean => server.kill("SIGKILL");
  process.once("exit", killWithUs);
  const exited = once(server, "exit").then(() => void process.off("exit", killWithUs));
  const url = await printedAddress(server);
  let ending = false;
  const endWith = (signal: NodeJS.Signals): Promise<void> => {
    ending = true;
    server.kill(signal);
    return exited;
  };
  server.once("exit", (code, signal) => {
    // Say so here: tests would only notice that no client can connect any more.
    if (!ending) console.error(`The ASP.NET Core hub ended by itself: ${code ?? signal ?? "?"}`);
  });
  return {
    kind: "aspnet",
    url,
    processId: server.pid ?? 0,
    control: async (command) => {
      const headers = { "Content-Type": "application/json" };
      const response = await fetch(`${url}/control`, {
        method: "POST",
        headers,
        body: JSON.stringify(command),
      });
      if (!response.ok)
        throw new Error(`The hub refused the command: ${response.status} ${await response.text()}`);
    },
    log: async () => (await (await fetch(`${url}/log`)).json()) as LogEntry[],
    stop: () => endWith("SIGTERM"),
    kill: () => endWith("SIGKILL"),
  };
}

async function printedAddress(server: ServerProcess): Promise<string> {
  let errors = "";
  server.stderr.on("data", (text: Buffer) => (errors += text.toString()));
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /^Listening on (\S+)$/.exec(line)?.[1];
    if (address !== undefined) {
      server.stdout.resume();
      return address;
    }
  }
  throw new Error(`The ASP.NET Core hub didn't start.\n${errors}`);
}
