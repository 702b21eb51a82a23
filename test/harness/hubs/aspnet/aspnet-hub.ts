import { fileURLToPath } from "node:url";
import { startDotnetServer, type DotnetServer } from "../dotnet/server.ts";
import type { LogEntry, RunningHub } from "../running-hub.ts";

const project = { folder: fileURLToPath(new URL("./", import.meta.url)), name: "BoardServer" };

export interface RunningAspNetHub extends RunningHub, DotnetServer {
  readonly kind: "aspnet";
  stop(): Promise<void>;
}

export interface AspNetHubSettings {
  /** Any free port when 0 or absent. A killed server can be restarted on its old port. */
  port?: number;
  /** How long a connection without a transport is kept. In ASP.NET Core this is one setting for all connections. */
  disconnectTimeoutMilliseconds?: number;
  /** The address of a collector, which gets the server's own spans; nobody gets them when absent. */
  otlp?: string;
}

/** Starts the ASP.NET Core server on 127.0.0.1, and builds it first if necessary; null when there is no .NET SDK. */
export async function startAspNetHub({
  port = 0,
  disconnectTimeoutMilliseconds = 15_000,
  otlp,
}: AspNetHubSettings = {}): Promise<RunningAspNetHub | null> {
  const disconnectTimeout = `00:00:${disconnectTimeoutMilliseconds / 1_000}`;
  const server = await startDotnetServer(project, port, [
    ...["--disconnectTimeout", disconnectTimeout],
    ...(otlp === undefined ? [] : ["--otlp", otlp]),
  ]);
  if (!server) return null;
  const { url } = server;
  return {
    ...server,
    kind: "aspnet",
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
  };
}
