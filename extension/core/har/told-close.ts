/** When and how a connection closed, as far as a log tells: how only Hubscope's own do. */
import { isObject } from "../is-object.ts";
import type { EpochMilliseconds } from "../units.ts";
import { lastFrame } from "./frames.ts";
import type { Logged } from "./har-pages.ts";

const LONGEST_REASON = 1_000;

interface ToldClose {
  readonly code: number | null;
  readonly reason: string;
  readonly wasClean: boolean;
}

/** @param entry as it is in the log. undefined: it doesn't tell */
export function toldClose({
  _signalrTransport: transport,
  _closeCode: code = null,
  _closeReason: reason = "",
  _wasClean: wasClean,
}: Readonly<Record<string, unknown>>): ToldClose | undefined {
  if (typeof reason !== "string" || typeof wasClean !== "boolean") return undefined;
  if (code === null && (transport === undefined || transport === "WebSockets")) return undefined;
  if (code !== null && (typeof code !== "number" || !Number.isInteger(code) || code < 1_000 || code > 4_999))
    return undefined;
  return { code, reason: reason.slice(0, LONGEST_REASON), wasClean };
}

/** What a client begins a new connection with. */
export const SUPERSEDED: readonly string[] = ["fetch", "xhr", "websocket"];

/**
 * Playwright's time of a WebSocket lasts to its last frame, whether it was closed then or not (measured with 1.65): it is over where the client
 * connects anew after that.
 * @returns null: not over, as far as is known
 */
export function toldEnd(
  { entry, raw: { timings } }: Logged,
  supersededAt: EpochMilliseconds | null,
): EpochMilliseconds | null {
  if (entry.type !== "websocket" || !isObject(timings) || timings["receive"] !== -1) return null;
  const last = lastFrame(entry);
  return supersededAt !== null && last > 0 && last <= supersededAt ? last : null;
}
