/** A builder of recordings of a Blazor Server page: each try is a new HubConnection. */
import type { CircuitCalled } from "../../../extension/core/events/app-events.ts";
import type { CircuitMethod } from "../../../extension/core/protocol/blazor.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { withoutProbe } from "../../causes/classify.ts";
import { EventScript } from "./event-script.ts";

export class BlazorScript extends EventScript {
  call(socket: number, method: CircuitMethod, step: CircuitCalled["step"], circuit?: string): this {
    const of = { kind: "circuit", socket, method } as const;
    this.add({ ...of, step: "called" });
    return this.add({ ...of, step, ...(circuit === undefined ? {} : { circuit }) });
  }

  /** A new HubConnection that connects. */
  connects(number: number): this {
    return this.hub(number, false)
      .state("Disconnected", "Connecting", undefined, number)
      .negotiate(number, `id-${number}`)
      .connecting(number, number)
      .add(
        { kind: "socket-opened", socket: number },
        { kind: "handshake", socket: number, direction: "out", protocol: "blazorpack", version: 1 },
        { kind: "handshake", socket: number, direction: "in" },
      )
      .state("Connecting", "Connected", `id-${number}`, number);
  }

  /** A new HubConnection whose server isn't there. */
  failsToConnect(number: number): this {
    return this.hub(number, false)
      .state("Disconnected", "Connecting", undefined, number)
      .negotiateFails(number, null, "Failed to fetch")
      .state("Connecting", "Disconnected", undefined, number);
  }

  loses(number: number): this {
    return this.closed(number).state("Connected", "Disconnected", undefined, number);
  }

  stops(number: number): this {
    return this.state("Connected", "Disconnecting", undefined, number)
      .message({ socket: number, direction: "out", type: 7 })
      .add({ kind: "socket-closing", socket: number, duringMessage: false })
      .closed(number, 1000)
      .state("Disconnecting", "Disconnected", undefined, number);
  }

  /** The lanes with the client probe, and without. */
  lanes() {
    return [this.events, withoutProbe(this.events)].map((events) => {
      const reducer = createReducer();
      reducer.apply("p", events);
      return reducer.model.hubs;
    });
  }
}

/** A page whose circuit has started. */
export const started = (): BlazorScript =>
  new BlazorScript().at(0).page().connects(1).call(1, "StartCircuit", "accepted", "#1");
