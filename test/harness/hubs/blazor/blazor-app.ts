import { fileURLToPath } from "node:url";
import { startDotnetServer, type DotnetServer } from "../dotnet/server.ts";

const project = { folder: fileURLToPath(new URL("./", import.meta.url)), name: "BlazorServer" };

export interface BlazorSettings {
  /** How long the server keeps a circuit whose connection was lost, if not for three minutes. */
  readonly retentionMilliseconds?: number;
  /** How many such circuits it keeps at most, if not a hundred. With 0 none, as under memory pressure. */
  readonly maxRetained?: number;
  /** How many circuits that were paused, or were kept long enough, it can resume, if not a thousand. */
  readonly maxPersisted?: number;
  /** How often the server pings, if not every 15 s. */
  readonly keepAliveMilliseconds?: number;
  readonly detailedErrors?: boolean;
}

/** With what a page starts Blazor (`?start=` and this as JSON, see `wwwroot/app.js`), as far as it isn't Blazor's own. */
export interface BlazorStart {
  /** The client's server timeout and ping interval, in milliseconds. */
  readonly serverTimeout?: number;
  readonly keepAlive?: number;
  /** How often Blazor tries to reconnect, and the time before each try in milliseconds. */
  readonly retries?: number;
  readonly interval?: number;
}

/**
 * Starts the Blazor Server app on 127.0.0.1, and builds it first if necessary; null when there is no .NET SDK. Its pages: `/`
 * and `/other` are interactive as a whole; `/static` isn't; `/island` is a static page with an interactive component. Any
 * free port when `port` is 0.
 */
export function startBlazorApp(settings: BlazorSettings = {}, port = 0): Promise<DotnetServer | null> {
  const { retentionMilliseconds, maxRetained, maxPersisted, keepAliveMilliseconds, detailedErrors } =
    settings;
  return startDotnetServer(project, port, [
    ...setting("retention", timeSpan(retentionMilliseconds)),
    ...setting("maxRetained", maxRetained),
    ...setting("maxPersisted", maxPersisted),
    ...setting("keepAlive", timeSpan(keepAliveMilliseconds)),
    ...setting("detailedErrors", detailedErrors),
  ]);
}

const setting = (name: string, value: string | number | boolean | undefined): string[] =>
  value === undefined ? [] : [`--${name}`, String(value)];

/** As .NET writes it; for less than a minute. */
const timeSpan = (milliseconds: number | undefined): string | undefined =>
  milliseconds === undefined ? undefined : `00:00:${(milliseconds / 1_000).toFixed(3).padStart(6, "0")}`;
