import type { HubProtocol } from "./hub-protocol.ts";
import { jsonHubProtocol } from "./json-hub-protocol.ts";
import { messagePackHubProtocol } from "./messagepack-hub-protocol.ts";

/** The hub protocols by their name in the handshake. "blazorpack" is MessagePack under another name. */
export const hubProtocols: ReadonlyMap<string, HubProtocol> = new Map([
  ["json", jsonHubProtocol],
  ["messagepack", messagePackHubProtocol],
  ["blazorpack", messagePackHubProtocol],
]);
