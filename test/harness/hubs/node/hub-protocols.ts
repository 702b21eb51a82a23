import type { HubProtocol } from "./hub-protocol.ts";
import { jsonHubProtocol } from "./json-hub-protocol.ts";
import { messagePackHubProtocol } from "./messagepack-hub-protocol.ts";

/** By the name in the handshake. Blazor's own is MessagePack under another name. */
export const hubProtocols: ReadonlyMap<string, HubProtocol> = new Map([
  ["json", jsonHubProtocol],
  ["messagepack", messagePackHubProtocol],
  ["blazorpack", messagePackHubProtocol],
]);
