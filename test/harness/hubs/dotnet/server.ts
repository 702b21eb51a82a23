import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { buildServer, dllOf, hasDotnet, type DotnetProject } from "./build.ts";

type ServerProcess = ChildProcessByStdio<null, Readable, Readable>;

export interface DotnetServer {
  /** Origin without a trailing slash. */
  readonly url: string;
  readonly processId: number;
  /** Asks the server to shut down (SIGTERM). */
  stop(): Promise<void>;
  /** Kills the process (SIGKILL), so that it can't send anything to its clients any more. */
  kill(): Promise<void>;
}

/**
 * Starts a .NET server on 127.0.0.1, and builds it first if necessary; null when there is no .NET SDK. The server prints
 * "Listening on" and its address. Any free port when `port` is 0; a server that has ended can be started again on its old port.
 */
export async function startDotnetServer(
  project: DotnetProject,
  port: number,
  settings: readonly string[],
): Promise<DotnetServer | null> {
  if (!hasDotnet()) return null;
  await buildServer(project);
  const server = spawn("dotnet", [dllOf(project), "--urls", `http://127.0.0.1:${port}`, ...settings], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: "1" },
  });
  // A test run that crashes must not leave a running server behind.
  const killWithUs = (): boolean => server.kill("SIGKILL");
  process.once("exit", killWithUs);
  const exited = once(server, "exit").then(() => void process.off("exit", killWithUs));
  const url = await printedAddress(project, server);
  let ending = false;
  const endWith = (signal: NodeJS.Signals): Promise<void> => {
    ending = true;
    server.kill(signal);
    return exited;
  };
  server.once("exit", (code, signal) => {
    // Say so here: tests would only notice that no client can connect any more.
    if (!ending) console.error(`${project.name} ended by itself: ${code ?? signal ?? "?"}`);
  });
  return {
    url,
    processId: server.pid ?? 0,
    stop: () => endWith("SIGTERM"),
    kill: () => endWith("SIGKILL"),
  };
}

async function printedAddress({ name }: DotnetProject, server: ServerProcess): Promise<string> {
  let errors = "";
  server.stderr.on("data", (text: Buffer) => (errors += text.toString()));
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /^Listening on (\S+)$/.exec(line)?.[1];
    if (address !== undefined) {
      server.stdout.resume();
      return address;
    }
  }
  throw new Error(`${name} didn't start.\n${errors}`);
}
