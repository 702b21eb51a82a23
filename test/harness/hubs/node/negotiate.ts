import type { TransportName } from "../control-command.ts";
import type { HttpConnection } from "./http-connections.ts";

const highestVersion = 1;

const transports: readonly { transport: TransportName; transferFormats: string[] }[] = [
  { transport: "WebSockets", transferFormats: ["Text", "Binary"] },
  { transport: "ServerSentEvents", transferFormats: ["Text"] },
  { transport: "LongPolling", transferFormats: ["Text", "Binary"] },
];

export type NegotiateVersion = { version: number } | { error: string };

/** The highest version that both sides know. A client that sends no version gets version 0. */
export function negotiateVersion(query: URLSearchParams): NegotiateVersion {
  const asked = query.get("negotiateVersion");
  if (asked === null) return { version: 0 };
  if (!/^\d+$/.test(asked)) return { error: "The client requested a non-integer protocol version." };
  return { version: Math.min(Number(asked), highestVersion) };
}

/** The negotiate response. It contains `useStatefulReconnect` only where stateful reconnect is allowed. */
export function negotiateResponse(
  version: number,
  { connectionId, connectionToken, stateful }: HttpConnection,
  {
    offered,
    without,
  }: { readonly offered: readonly TransportName[] | undefined; readonly without: TransportName | undefined },
): object {
  return {
    ...(stateful ? { useStatefulReconnect: true } : {}),
    negotiateVersion: version,
    connectionId,
    ...(version > 0 ? { connectionToken } : {}),
    availableTransports: transports.filter(
      ({ transport }) => transport !== without && (offered?.includes(transport) ?? true),
    ),
  };
}
