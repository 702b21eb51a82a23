import { describe } from "vitest";
import type { TransportName } from "../harness/hubs/control-command.ts";
import type { ClientSettings } from "./client.ts";
import { describeHubs, type HubUnderTest } from "./hubs-under-test.ts";

/** A combination of a transport and a protocol that it can carry. */
export interface Carrier {
  readonly transport: TransportName;
  readonly protocol: "json" | "messagepack";
}

export const carriers: readonly Carrier[] = [
  { transport: "WebSockets", protocol: "json" },
  { transport: "WebSockets", protocol: "messagepack" },
  { transport: "ServerSentEvents", protocol: "json" },
  { transport: "LongPolling", protocol: "json" },
  { transport: "LongPolling", protocol: "messagepack" },
];

/** Settings for a client with this transport and protocol. */
export function carriedBy({ transport, protocol }: Carrier): ClientSettings {
  return { transports: [transport], protocol };
}

/** Defines tests for one part of the contract, with both servers, over every transport and protocol. */
export function describeCarriers(part: string, define: (hub: HubUnderTest, carrier: Carrier) => void): void {
  describeHubs(part, (hub) => {
    describe.each(carriers)("$transport, $protocol", (carrier) => define(hub, carrier));
  });
}
