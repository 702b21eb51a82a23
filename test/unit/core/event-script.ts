/** A builder of recordings for tests: fills in the seq and time of events. */
import type { HubMessage, RecordedEvent, Unstamped } from "../../../extension/core/events/events.ts";
import type { TransportName } from "../../../extension/core/protocol/terms.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type {
  HubConnectionModel,
  InterruptionModel,
  RecordingModel,
} from "../../../extension/core/model/types.ts";

export const START = Date.UTC(2026, 10, 24, 10, 0, 0);
export const URL_OF_HUB = "https://board.example/hubs/board";

export class EventScript {
  readonly events: RecordedEvent[] = [];
  #now = START;

  at(ms: number): this {
    this.#now = START + ms;
    return this;
  }

  add(...events: Unstamped[]): this {
    for (const event of events)
      this.events.push({ ...event, seq: this.events.length + 1, t: event.t ?? this.#now });
    return this;
  }

  page(overrides: { probe?: boolean } = {}): this {
    return this.add({
      kind: "page",
      url: "https://board.example/",
      userAgent: "test",
      openedAt: START,
      top: true,
      visible: true,
      online: true,
      wasDiscarded: false,
      navigation: "navigate",
      probe: overrides.probe ?? true,
    });
  }

  hub(hub = 1, hasReconnectPolicy = true): this {
    return this.add({
      kind: "hub",
      hub,
      url: URL_OF_HUB,
      serverTimeout: 30_000,
      keepAliveInterval: 15_000,
      hasReconnectPolicy,
    });
  }

  state(
    from: "Disconnected" | "Connecting" | "Connected" | "Disconnecting" | "Reconnecting",
    to: typeof from,
    connectionId?: string,
    hub = 1,
  ): this {
    return this.add({
      kind: "hub-state",
      hub,
      from,
      to,
      ...(connectionId === undefined ? {} : { connectionId }),
    });
  }

  negotiate(request: number, connectionId: string, statefulReconnect = false): this {
    return this.add(
      {
        kind: "negotiate",
        request,
        url: `${URL_OF_HUB}/negotiate?negotiateVersion=1`,
        api: "fetch",
        askedStatefulReconnect: statefulReconnect,
        clientVersion: "10.0.11",
      },
      {
        kind: "negotiate-ended",
        request,
        status: 200,
        connectionId,
        negotiateVersion: 1,
        statefulReconnect,
        transports: ["WebSockets", "ServerSentEvents", "LongPolling"],
      },
    );
  }

  negotiateFails(request: number, status: number | null, error = ""): this {
    return this.add(
      {
        kind: "negotiate",
        request,
        url: `${URL_OF_HUB}/negotiate?negotiateVersion=1`,
        api: "fetch",
        askedStatefulReconnect: false,
      },
      { kind: "negotiate-ended", request, status, error },
    );
  }

  /** A transport that has started and isn't open yet. */
  connecting(socket: number, request: number, transport: TransportName = "WebSockets"): this {
    const url = `${transport === "WebSockets" ? "wss" : "https"}://board.example/hubs/board?id=…`;
    return this.add({ kind: "socket", transport, socket, request, url });
  }

  socket(socket: number, request: number, transport: TransportName = "WebSockets"): this {
    return this.connecting(socket, request, transport).add(
      { kind: "socket-opened", socket },
      { kind: "handshake", socket, direction: "out", protocol: "json", version: 1 },
      { kind: "handshake", socket, direction: "in" },
    );
  }

  message(message: Pick<HubMessage, "socket" | "direction" | "type"> & Partial<HubMessage>): this {
    return this.add({ kind: "message", size: 40, ...message });
  }

  closed(socket: number, code: number | null = 1006, fault?: number): this {
    return this.add({
      kind: "socket-closed",
      socket,
      code,
      reason: "",
      wasClean: code === 1000,
      ...(fault === undefined ? {} : { fault }),
    });
  }

  /** A connected hub: negotiate, socket, handshake, with or without events of the client probe. */
  connected(probe = true): this {
    this.at(0).page({ probe });
    if (probe) this.hub().state("Disconnected", "Connecting");
    this.at(10).negotiate(1, "id-1").at(20).socket(1, 1);
    if (probe) this.state("Connecting", "Connected", "id-1");
    return this;
  }

  reduce(): RecordingModel {
    const reducer = createReducer();
    reducer.apply("p", this.events);
    return reducer.model;
  }

  onlyHub(): HubConnectionModel {
    const { hubs } = this.reduce();
    if (hubs.length !== 1 || !hubs[0]) throw new Error(`expected one hub connection, found ${hubs.length}`);
    return hubs[0];
  }

  onlyInterruption(): InterruptionModel {
    const { interruptions } = this.onlyHub();
    if (interruptions.length !== 1 || !interruptions[0])
      throw new Error(`expected one interruption, found ${interruptions.length}`);
    return interruptions[0];
  }
}

export const script = (): EventScript => new EventScript();
