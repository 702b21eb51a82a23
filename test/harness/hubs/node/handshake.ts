import type { HubProtocol, TransferFormat } from "./hub-protocol.ts";
import { hubProtocols } from "./hub-protocols.ts";
import { parseObject } from "./parse-message.ts";
import { errorForClient, invalidData } from "./server-error.ts";

/** Version 2 only adds what stateful reconnect needs; the server accepts it even where stateful reconnect isn't allowed. */
const highestVersion = 2;

/** The agreed protocol and version, or the error for the client, worded as by the .NET server. */
export type Handshake = { protocol: HubProtocol; version: number } | { error: string };

export interface HandshakeConditions {
  readonly formats: readonly TransferFormat[];
  readonly detailedErrors: boolean;
}

export function readHandshake(request: string, { formats, detailedErrors }: HandshakeConditions): Handshake {
  try {
    const { protocol: name, version } = parseObject(request);
    if (typeof name !== "string")
      throw invalidData(`Missing required property 'protocol'. Message content: ${request}`);
    if (typeof version !== "number")
      throw invalidData(`Missing required property 'version'. Message content: ${request}`);
    const protocol = hubProtocols.get(name);
    if (!protocol) return { error: `The protocol '${name}' is not supported.` };
    if (version > highestVersion)
      return { error: `The server does not support version ${version} of the '${name}' protocol.` };
    if (!formats.includes(protocol.transferFormat))
      return {
        error: `Cannot use the '${name}' protocol on the current transport. The transport does not support '${protocol.transferFormat}' transfer format.`,
      };
    return { protocol, version };
  } catch (error) {
    return { error: brokenHandshake(error, detailedErrors) };
  }
}

export function brokenHandshake(error: unknown, detailedErrors: boolean): string {
  return errorForClient("An unexpected error occurred during connection handshake.", error, detailedErrors);
}
