/** How a connection closed, which only Hubscope's own logs tell. */
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
