import type { Bytes, Milliseconds } from "./units.ts";

/** Where Hubscope runs. A list that isn't in force is kept. The sites: see `sites.ts`. */
export interface SiteChoice {
  readonly where: "everywhere" | "only" | "except";
  readonly only: readonly string[];
  readonly except: readonly string[];
}

/** The user's settings. Stored in the extension's database. */
export interface Settings {
  /** Off: the hook only looks for SignalR and records nothing. */
  readonly recording: boolean;
  /** On other sites none of the extension's scripts are in the page. */
  readonly sites: SiteChoice;
  /** Detect HubConnection objects. Off: everything is derived from the traffic. */
  readonly probe: boolean;
  /** Firefox: also record connections in workers, by a hook in front of their scripts. */
  readonly workers: boolean;
  /** Origins whose payloads are recorded also while the panel is closed, e.g. "https://app.example". */
  readonly payloadSites: readonly string[];
  /** Longer payloads are cut there. */
  readonly payloadCap: Bytes;
  /** While the panel is closed: a connection with more messages per second than this is kept as counts. */
  readonly flightRecorderRate: number;
  /** Recordings older than this are removed, unless pinned. */
  readonly maxAge: Milliseconds;
  /** Above this, the oldest recordings are removed, unless pinned. */
  readonly maxTotalSize: Bytes;
}

export const DEFAULT_SETTINGS: Settings = {
  recording: true,
  sites: { where: "everywhere", only: [], except: [] },
  probe: true,
  workers: false,
  payloadSites: [],
  payloadCap: 64 * 1024,
  flightRecorderRate: 20,
  maxAge: 7 * 24 * 3_600_000,
  maxTotalSize: 256 * 1024 * 1024,
};

/** The valid range of stored settings; a value outside becomes the default. */
const BOUNDS = {
  payloadCap: [0, 8 * 1024 * 1024],
  flightRecorderRate: [1, 100_000],
  maxAge: [3_600_000, 366 * 24 * 3_600_000],
  maxTotalSize: [1024 * 1024, 4 * 1024 * 1024 * 1024],
} as const;

/** Reads settings that were stored by any version: unknown fields are dropped, bad ones become the default. */
export function readSettings(value: unknown): Settings {
  const from = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const flag = (name: "recording" | "probe" | "workers"): boolean =>
    typeof from[name] === "boolean" ? from[name] : DEFAULT_SETTINGS[name];
  const figure = (name: keyof typeof BOUNDS): number => {
    const given = from[name];
    const [min, max] = BOUNDS[name];
    return typeof given === "number" && given >= min && given <= max ? given : DEFAULT_SETTINGS[name];
  };
  return {
    recording: flag("recording"),
    sites: readChoice(from["sites"]),
    probe: flag("probe"),
    workers: flag("workers"),
    payloadSites: readSites(from["payloadSites"]),
    payloadCap: figure("payloadCap"),
    flightRecorderRate: figure("flightRecorderRate"),
    maxAge: figure("maxAge"),
    maxTotalSize: figure("maxTotalSize"),
  };
}

const readSites = (sites: unknown): readonly string[] =>
  Array.isArray(sites)
    ? [
        ...new Set(sites.filter((site): site is string => typeof site === "string" && site.length < 300)),
      ].slice(0, 1000)
    : [];

function readChoice(value: unknown): SiteChoice {
  const from = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const { where } = from;
  return {
    where: where === "only" || where === "except" ? where : "everywhere",
    only: readSites(from["only"]),
    except: readSites(from["except"]),
  };
}
