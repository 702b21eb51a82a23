/** Recordings of an app's life, made up for tests of findings: what a real client would report, step by step. */
import { expect } from "vitest";
import { resultOf } from "../../../../extension/core/diagnosis/findings/find.ts";
import type { Answer, Found } from "../../../../extension/core/diagnosis/findings/finding.ts";
import { historiesOf } from "../../../../extension/core/diagnosis/findings/hub-history.ts";
import type { FindingId } from "../../../../extension/core/diagnosis/findings/registry.ts";
import type { EpochMilliseconds } from "../../../../extension/core/units.ts";
import { EventScript } from "../event-script.ts";

export class AppLife extends EventScript {
  #socket = 1;
  #id = 1;

  /** Connected at 20 ms, by an app with a retry policy or without. */
  begun({ policy = true, probe = true }: { policy?: boolean; probe?: boolean } = {}): this {
    this.at(0).page({ probe });
    if (probe) this.hub(1, policy).state("Disconnected", "Connecting");
    this.at(10).negotiate(1, "id-1").at(20).socket(1, 1);
    if (probe) this.state("Connecting", "Connected", "id-1");
    return this;
  }

  /** The socket breaks at `t`; the client begins to reconnect, or without a policy is disconnected. */
  lost(t: number, policy = true): this {
    this.at(t)
      .closed(this.#socket)
      .add({ kind: "hub-lost", hub: 1, error: "WebSocket closed with status code: 1006" });
    return this.state("Connected", policy ? "Reconnecting" : "Disconnected");
  }

  /** The retry policy's decision. null: give up. */
  decided(t: number, previousRetryCount: number, delay: number | null): this {
    return this.at(t).add({ kind: "retry", hub: 1, previousRetryCount, elapsed: 0, delay });
  }

  /** A try that fails at its negotiate. */
  refused(t: number, status: number | null = null, retryAfter?: string): this {
    const request = 100 + ++this.#id;
    this.at(t).negotiateFails(request, status);
    if (retryAfter !== undefined) Object.assign(this.events.at(-1) ?? {}, { retryAfter });
    return this;
  }

  gaveUp(t: number, tries: number): this {
    return this.decided(t, tries, null).at(t).state("Reconnecting", "Disconnected");
  }

  /** Connected again, with a new id. */
  back(t: number): this {
    const id = `id-${++this.#id}`;
    this.#socket++;
    this.at(t)
      .negotiate(200 + this.#id, id)
      .socket(this.#socket, 200 + this.#id);
    return this.state("Reconnecting", "Connected", id);
  }

  /** Lost, tried again after these delays until the last one succeeds. */
  outage(t: number, delays: readonly number[]): this {
    this.lost(t);
    let now = t;
    delays.forEach((delay, i) => {
      this.decided(now, i, delay);
      now += delay + 5;
      if (i === delays.length - 1) this.back(now);
      else this.refused(now);
    });
    return this;
  }

  /** A call of the app, answered after `latency` or never. */
  call(t: number, target: string, invocationId: string, latency: number | null = 10): this {
    const common = { socket: this.#socket, invocationId };
    this.at(t).message({ ...common, direction: "out", type: 1, target });
    return latency === null ? this : this.at(t + latency).message({ ...common, direction: "in", type: 3 });
  }

  /** Messages from the server, one every `every` milliseconds. */
  messages(from: number, to: number, every: number): this {
    for (let t = from; t < to; t += every)
      this.at(t).message({ socket: this.#socket, direction: "in", type: 1, target: "Changed" });
    return this;
  }
}

export const life = (options?: Parameters<AppLife["begun"]>[0]): AppLife => new AppLife().begun(options);

/** What the finding answers for the only hub. @param after how long the recording goes on without events */
export function answer(id: FindingId, events: EventScript, after = 60_000, from?: EpochMilliseconds): Answer {
  const model = events.reduce();
  const histories = historiesOf(model, model.to + after, from);
  expect(histories).toHaveLength(1);
  const { answer: given } = resultOf(id, histories[0]!);
  if (given.answer === "error") throw new Error(given.say);
  return given;
}

/** It is found, with a sentence, evidence and a change. */
export function foundIn(id: FindingId, events: EventScript, after?: number): Found {
  const given = answer(id, events, after);
  expect(given).toMatchObject({ answer: "found" });
  const found = given as Found;
  expect(found.moments.length).toBeGreaterThan(0);
  expect(found.changes.length).toBeGreaterThan(0);
  expect(found.say).toMatch(/[.)]$/);
  return found;
}
