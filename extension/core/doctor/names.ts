/** Names of transports and protocols, for sentences. */
import type { TransportName } from "../protocol/terms.ts";

const TRANSPORTS: Readonly<Record<TransportName, string>> = {
  WebSockets: "WebSockets",
  ServerSentEvents: "event streams",
  LongPolling: "long polling",
};

const PROTOCOLS = new Map([
  ["json", "JSON"],
  ["messagepack", "MessagePack"],
  ["blazorpack", "Blazor's MessagePack"],
]);

/** "event streams" */
export const transportName = (transport: TransportName): string => TRANSPORTS[transport];

/** An app may use one that isn't known. */
export const protocolName = (protocol: string): string => PROTOCOLS.get(protocol) ?? protocol;

/** "WebSockets, event streams and long polling" */
export const transportNames = (transports: readonly TransportName[]): string =>
  [...new Set(transports)]
    .map(transportName)
    .join(", ")
    .replace(/, (?=[^,]*$)/, " and ");

export const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Within a sentence. */
export const quoted = (text: string): string => `“${text.replace(/\.+$/, "")}”`;
