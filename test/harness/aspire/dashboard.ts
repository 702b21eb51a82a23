/** The Aspire Dashboard, a collector of OpenTelemetry that says what it has got. It comes as a package of NuGet. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { accessSync, chmodSync, constants } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { hasDotnet } from "../hubs/dotnet/build.ts";

const VERSION = "13.6.5";

export interface Dashboard {
  /** Where to send: OTLP over HTTP. Pages of any origin may. */
  readonly otlp: string;
  /** The same for gRPC. */
  readonly grpc: string;
  /** What it has got. */
  readonly spans: () => Promise<readonly GotSpan[]>;
  readonly logs: () => Promise<readonly GotLog[]>;
  stop(): Promise<void>;
}

/** Every value of an attribute is a text there. */
export interface GotSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly scope: string;
  readonly service: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly attributes: Readonly<Record<string, string>>;
}

export interface GotLog {
  readonly eventName: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly body: string;
}

/** null: there is no .NET SDK, which downloads it, or no dashboard for this machine. */
export async function startDashboard(): Promise<Dashboard | null> {
  const executable = hasDotnet() ? downloaded() : null;
  if (executable === null) return null;
  const server = spawn(executable, [], {
    cwd: path.dirname(executable),
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ASPNETCORE_URLS: "http://127.0.0.1:0",
      ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL: "http://127.0.0.1:0",
      ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL: "http://127.0.0.1:0",
      ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS: "true",
      DASHBOARD__OTLP__CORS__ALLOWEDORIGINS: "*",
      DASHBOARD__OTLP__CORS__ALLOWEDHEADERS: "*",
    },
  });
  // A test run that crashes must not leave a running server behind.
  const killWithUs = (): boolean => server.kill("SIGKILL");
  process.once("exit", killWithUs);
  const exited = once(server, "exit").then(() => void process.off("exit", killWithUs));
  const stop = async (): Promise<void> => {
    server.kill("SIGKILL");
    await exited;
  };
  let said = "";
  server.stderr.on("data", (text: Buffer) => (said += text.toString()));
  const found = new Map<string, string>();
  for await (const line of createInterface({ input: server.stdout })) {
    said += `${line}\n`;
    const [, name = "", url = ""] = /(Now|OTLP\/\w+) listening on:? (http\S+)$/.exec(line) ?? [];
    if (url !== "") found.set(name, url);
    if (found.size === 3) break;
  }
  const [pages = "", otlp = "", grpc = ""] = ["Now", "OTLP/HTTP", "OTLP/gRPC"].map((name) => found.get(name));
  if (found.size < 3) throw new Error(`The dashboard didn't start.\n${said}`);
  server.stdout.resume();
  const api = async (kind: string): Promise<Record<string, unknown>> =>
    ((await (await fetch(`${pages}/api/telemetry/${kind}`)).json()) as { data: Record<string, unknown> })
      .data;
  return {
    otlp,
    grpc,
    stop,
    spans: async () => ((await api("spans"))["resourceSpans"] as ResourceSpans[]).flatMap(spansIn),
    logs: async () => ((await api("logs"))["resourceLogs"] as ResourceLogs[]).flatMap(logsIn),
  };
}

/** Downloads it, unless that was done before. */
function downloaded(): string | null {
  const runtime = RUNTIMES[`${process.platform}-${process.arch}`];
  if (runtime === undefined) return null;
  const packages = process.env["NUGET_PACKAGES"] ?? path.join(homedir(), ".nuget", "packages");
  const name = `Aspire.Dashboard${process.platform === "win32" ? ".exe" : ""}`;
  const executable = path.join(packages, `aspire.dashboard.sdk.${runtime}`, VERSION, "tools", name);
  if (!isThere(executable)) {
    const restored = spawnSync("dotnet", ["restore", "--nologo", `-p:DashboardRuntime=${runtime}`], {
      cwd: fileURLToPath(new URL("./", import.meta.url)),
      encoding: "utf8",
      env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: "1" },
    });
    if (restored.status !== 0)
      throw new Error(`The dashboard can't be downloaded.\n${restored.stdout}${restored.stderr}`);
  }
  // Archives of NuGet have no permissions in them.
  chmodSync(executable, 0o755);
  return executable;
}

const RUNTIMES: Readonly<Record<string, string>> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "darwin-arm64": "osx-arm64",
  "win32-x64": "win-x64",
};

function isThere(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

interface Attributed {
  readonly attributes?: readonly {
    readonly key: string;
    readonly value: Readonly<Record<string, unknown>>;
  }[];
}
interface ResourceSpans {
  readonly resource: Attributed;
  readonly scopeSpans: readonly {
    readonly scope: { readonly name: string };
    readonly spans: readonly (Omit<GotSpan, "attributes" | "links"> &
      Attributed &
      Partial<Pick<GotSpan, "links">>)[];
  }[];
}
interface ResourceLogs {
  readonly scopeLogs: readonly {
    readonly logRecords: readonly (Partial<Omit<GotLog, "body">> & {
      readonly body: { readonly stringValue: string };
    })[];
  }[];
}

const valuesOf = ({ attributes = [] }: Attributed): Readonly<Record<string, string>> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, String(Object.values(value)[0])]));

const spansIn = ({ resource, scopeSpans }: ResourceSpans): GotSpan[] =>
  scopeSpans.flatMap(({ scope, spans }) =>
    spans.map((span) => ({
      ...span,
      scope: scope.name,
      service: valuesOf(resource)["service.name"] ?? "",
      links: span.links ?? [],
      attributes: valuesOf(span),
    })),
  );

const logsIn = ({ scopeLogs }: ResourceLogs): GotLog[] =>
  scopeLogs.flatMap(({ logRecords }) =>
    logRecords.map(({ eventName = "", traceId = "", spanId = "", body }) => ({
      ...{ eventName, traceId, spanId },
      body: body.stringValue,
    })),
  );
