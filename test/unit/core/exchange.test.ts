/** Clients of one hub that connect at the same time, with events of wire and probe in any order. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TransportName } from "../../../extension/core/protocol/terms.ts";
import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import { EventScript, URL_OF_HUB } from "./event-script.ts";

const TRANSPORTS: readonly TransportName[] = ["WebSockets", "ServerSentEvents", "LongPolling"];
const transportOf = (client: number): TransportName => TRANSPORTS[client % 3]!;
const protocolOf = (client: number): string => (client % 2 === 0 ? "json" : "messagepack");
const idOf = (round: number, client: number): string => `id-${round}-${client}`;

/** The events of one client, step by step. */
function stepsOf(events: EventScript, round: number, client: number): (() => unknown)[] {
  const number = round * 100 + client;
  const hub = client + 1;
  const isStateful = client % 4 === 0;
  return [
    () =>
      events.add({
        kind: "negotiate",
        request: number,
        url: `${URL_OF_HUB}/negotiate?negotiateVersion=1`,
        api: "fetch",
        askedStatefulReconnect: isStateful,
      }),
    () =>
      events.add({
        kind: "negotiate-ended",
        request: number,
        status: 200,
        connectionId: idOf(round, client),
        negotiateVersion: 1,
        statefulReconnect: isStateful,
        transports: TRANSPORTS,
      }),
    () => events.connecting(number, number, transportOf(client)),
    () =>
      events.add(
        { kind: "socket-opened", socket: number },
        {
          kind: "handshake",
          socket: number,
          direction: "out",
          protocol: protocolOf(client),
          version: 1,
        },
      ),
    () => events.add({ kind: "handshake", socket: number, direction: "in" }),
    // The server sends a first message to each client.
    () => events.message({ socket: number, direction: "in", type: 1, target: `to ${idOf(round, client)}` }),
    () => events.state(round === 0 ? "Connecting" : "Reconnecting", "Connected", idOf(round, client), hub),
    () => events.message({ socket: number, direction: "out", type: 1, target: `by ${idOf(round, client)}` }),
  ];
}

/** @param order which client takes each next step */
function interleave(events: EventScript, round: number, clients: number, order: readonly number[]): void {
  const left = Array.from({ length: clients }, (_, client) => stepsOf(events, round, client));
  let t = round * 60_000 + 1_000;
  const next = (client: number): void => {
    events.at((t += 5));
    left[client]?.shift()?.();
  };
  for (const pick of order) next(pick % clients);
  for (let client = 0; client < clients; client++) while (left[client]?.length) next(client);
}

const idsOf = ({ transports }: HubConnectionModel): (string | null)[] =>
  transports.map(({ connectionId }) => connectionId);

describe("clients of one hub that connect at the same time", () => {
  it("each have their own connection, in any order of events (one id was shown twice, another not at all)", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5 }),
        fc.array(fc.nat({ max: 4 }), { minLength: 40, maxLength: 60 }),
        fc.array(fc.nat({ max: 4 }), { minLength: 40, maxLength: 60 }),
        (clients, first, second) => {
          const events = new EventScript().at(0).page();
          for (let client = 0; client < clients; client++)
            events.hub(client + 1).state("Disconnected", "Connecting", undefined, client + 1);
          interleave(events, 0, clients, first);
          events.at(50_000);
          for (let client = 0; client < clients; client++) events.closed(client);
          for (let client = 0; client < clients; client++)
            events.add(
              { kind: "hub-state", hub: client + 1, from: "Connected", to: "Reconnecting" },
              { kind: "retry", hub: client + 1, previousRetryCount: 0, elapsed: 0, delay: 0 },
            );
          interleave(events, 1, clients, second);
          const { hubs } = events.reduce();
          expect(hubs).toHaveLength(clients);
          for (const [client, hub] of hubs.entries()) {
            expect(idsOf(hub)).toEqual([idOf(0, client), idOf(1, client)]);
            expect(hub).toMatchObject({
              connectionId: idOf(1, client),
              transport: transportOf(client),
              protocol: protocolOf(client),
              totals: { in: { messages: 2 }, out: { messages: 2 } },
            });
            expect(hub.requests.map(({ request }) => request)).toEqual([client, 100 + client]);
            expect(hub.stateful?.granted).toBe(client % 4 === 0 ? true : undefined);
            expect([...hub.messages].map(({ message }) => message.target)).toEqual(
              [0, 1].flatMap((round) => [`to ${idOf(round, client)}`, `by ${idOf(round, client)}`]),
            );
            for (const [round, attempt] of hub.attempts.entries())
              expect(attempt).toMatchObject({
                sockets: [round * 100 + client],
                requests: [round * 100 + client],
                outcome: { kind: "connected", connectionId: idOf(round, client) },
              });
            expect(hub.interruptions).toMatchObject([{ outcome: "reconnected" }]);
          }
        },
      ),
    );
  });
});
