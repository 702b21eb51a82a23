/** Several connections to one hub without the client probe, as after `lockdown()` of SES: only order distinguishes them. */
import { describe, expect, it } from "vitest";
import { script, URL_OF_HUB, type EventScript } from "./event-script.ts";

const lanes = (events: EventScript): (readonly (string | null)[])[] =>
  events.reduce().hubs.map(({ transports }) => transports.map(({ connectionId }) => connectionId));
const states = (events: EventScript): (readonly string[])[] =>
  events.reduce().hubs.map((hub) => hub.states.map(({ state }) => state));

const asksOnly = (events: EventScript, request: number): EventScript =>
  events.add({
    kind: "negotiate",
    request,
    url: `${URL_OF_HUB}/negotiate?negotiateVersion=1`,
    api: "fetch",
    askedStatefulReconnect: false,
  });
const isAnswered = (events: EventScript, request: number, redirectUrl?: string): EventScript =>
  events.add({
    kind: "negotiate-ended",
    request,
    status: 200,
    ...(redirectUrl === undefined
      ? {
          connectionId: `id-${request}`,
          negotiateVersion: 1,
          transports: ["WebSockets", "ServerSentEvents", "LongPolling"],
        }
      : { redirectUrl }),
  });

describe("connections to one hub, without the probe", () => {
  it("that start at the same time are two, matched by the order of their negotiates", () => {
    const events = script().at(0).page({ probe: false });
    asksOnly(events.at(10), 1);
    asksOnly(events.at(11), 2);
    isAnswered(events.at(20), 2);
    isAnswered(events.at(21), 1);
    events.at(30).socket(1, 2).socket(2, 1);
    expect(lanes(events)).toEqual([["id-1"], ["id-2"]]);
    expect(states(events)).toEqual([
      ["connecting", "connected"],
      ["connecting", "connected"],
    ]);
  });

  it("that restart at the same time each get a free lane", () => {
    const events = script().connected(false).at(100).negotiate(2, "id-2").at(110).socket(2, 2);
    for (const socket of [1, 2])
      events
        .at(1_000)
        .message({ socket, direction: "out", type: 7 })
        .add({ kind: "socket-closing", socket, duringMessage: false })
        .closed(socket, 1000);
    asksOnly(events.at(5_000), 3);
    asksOnly(events.at(5_001), 4);
    isAnswered(events.at(5_010), 3);
    isAnswered(events.at(5_011), 4);
    events.at(5_020).socket(3, 3).socket(4, 4);
    expect(lanes(events)).toEqual([
      ["id-1", "id-3"],
      ["id-2", "id-4"],
    ]);
    for (const seen of states(events))
      expect(seen).toEqual(["connecting", "connected", "stopped", "connecting", "connected"]);
  });

  it("of which one was stopped and one was lost: the next attempt belongs to the lost one", () => {
    const events = script().connected(false).at(100).negotiate(2, "id-2").at(110).socket(2, 2);
    events
      .at(1_000)
      .message({ socket: 1, direction: "out", type: 7 })
      .add({ kind: "socket-closing", socket: 1, duringMessage: false })
      .closed(1, 1000);
    events.at(2_000).closed(2).at(4_000).negotiate(3, "id-3").at(4_010).socket(3, 3);
    expect(lanes(events)).toEqual([["id-1"], ["id-2", "id-3"]]);
    expect(states(events)[0]?.at(-1)).toBe("stopped");
    const [, lost] = events.reduce().hubs;
    expect(lost?.interruptions.map(({ outcome }) => outcome)).toEqual(["reconnected"]);
  });

  it("one of which falls back to another transport while another connects", () => {
    const events = script().at(0).page({ probe: false });
    events.at(10).negotiate(1, "id-1").at(20).connecting(1, 1);
    events.at(25).negotiate(2, "id-2").at(26).connecting(2, 2);
    events.at(30).closed(1).at(32).negotiate(3, "id-3").at(40).socket(3, 3, "ServerSentEvents");
    events.at(50).closed(2).at(52).negotiate(4, "id-4").at(60).socket(4, 4, "ServerSentEvents");
    expect(lanes(events)).toEqual([
      ["id-1", "id-3"],
      ["id-2", "id-4"],
    ]);
    for (const hub of events.reduce().hubs) expect(hub.attempts).toHaveLength(1);
  });

  it("that are both redirected to a service are matched in their order", () => {
    const service = "https://one.service.signalr.net/client/?hub=board";
    const events = script().at(0).page({ probe: false });
    asksOnly(events.at(10), 1);
    asksOnly(events.at(11), 2);
    isAnswered(events.at(20), 1, service);
    isAnswered(events.at(21), 2, service);
    for (const [i, request] of [3, 4].entries())
      events.at(30 + i).add({
        kind: "negotiate",
        request,
        url: "https://one.service.signalr.net/client/negotiate?hub=board",
        api: "fetch",
        askedStatefulReconnect: false,
      });
    isAnswered(events.at(40), 3);
    isAnswered(events.at(41), 4);
    events.at(50).socket(1, 3).socket(2, 4);
    expect(lanes(events)).toEqual([["id-3"], ["id-4"]]);
  });

  it("with an address that was also the target of an old redirect: that redirect no longer counts", () => {
    const events = script().at(0).page({ probe: false });
    asksOnly(events.at(10), 1);
    isAnswered(events.at(20), 1, "https://other.example/hubs/board");
    events.at(60_000).add({
      kind: "negotiate",
      request: 2,
      url: "https://other.example/hubs/board/negotiate?negotiateVersion=1",
      api: "fetch",
      askedStatefulReconnect: false,
    });
    expect(events.reduce().hubs.map(({ url }) => url)).toEqual([
      URL_OF_HUB,
      "https://other.example/hubs/board",
    ]);
  });
});
