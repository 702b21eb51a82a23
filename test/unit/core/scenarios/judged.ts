/** Builds a scenario run from an event script, to test expectations: everything after the first minute belongs to the run. */
import type { FaultCommand } from "../../../../extension/core/faults/vocabulary.ts";
import { judge, type Expected } from "../../../../extension/core/scenarios/expectations.ts";
import type { Judgement } from "../../../../extension/core/scenarios/judgement.ts";
import { EventScript, START } from "../event-script.ts";

/** Start of the run. */
export const BEGIN = 60_000;

export class Trial extends EventScript {
  readonly #faults: { fault: number; command: FaultCommand; at: number }[] = [];

  /** A fault at this time of the script; with a length if it lasts for some time. */
  fault(ms: number, command: FaultCommand, length?: number): this {
    const fault = this.#faults.length + 1;
    this.at(ms).add({
      kind: "fault",
      fault,
      command,
      ...(length === undefined ? {} : { until: START + ms + length }),
    });
    this.#faults.push({ fault, command, at: START + ms });
    if (length !== undefined) this.ends(fault, ms + length);
    return this;
  }

  ends(fault: number, ms: number): this {
    return this.at(ms).add({ kind: "fault-ended", fault, reason: "completed" });
  }

  lost(ms: number, socket = 1): this {
    return this.at(ms).closed(socket).state("Connected", "Reconnecting");
  }

  back(ms: number, socket: number, id: string): this {
    return this.at(ms).negotiate(socket, id).socket(socket, socket).state("Reconnecting", "Connected", id);
  }

  /** Resumes the connection with its old id, invisibly to the app. */
  resumed(ms: number, socket: number): this {
    return this.at(ms)
      .connecting(socket, 1)
      .add({ kind: "socket-opened", socket })
      .message({ socket, direction: "out", type: 9, sequenceId: 1 })
      .message({ socket, direction: "in", type: 9, sequenceId: 1 });
  }

  retry(ms: number, previousRetryCount: number, delay: number | null): this {
    return this.at(ms).add({ kind: "retry", hub: 1, previousRetryCount, elapsed: 0, delay });
  }

  judge(expected: Expected, to: number, hub: string | null = null): Judgement {
    const model = this.reduce();
    const faults = this.#faults.map((one) => ({ ...one, page: "p" }));
    return judge({ model, from: START + BEGIN, to: START + to, faults, hub }, expected);
  }
}

/** The same as `trial`, with stateful reconnect. */
export const statefulTrial = (): Trial =>
  new Trial()
    .at(0)
    .page()
    .hub()
    .state("Disconnected", "Connecting")
    .at(10)
    .negotiate(1, "id-1", true)
    .at(20)
    .socket(1, 1)
    .state("Connecting", "Connected", "id-1");

/** A hub that has been connected for a minute. */
export const trial = (): Trial => new Trial().connected();

export const page = { scope: "page" } as const;
export const OFFLINE: FaultCommand = { name: "offline", target: page, duration: 5_000 };
export const LOSS: FaultCommand = { name: "abrupt-loss", target: page };
