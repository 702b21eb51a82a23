/** A simulated tab without a browser: a script adds events to its recording, and its clock is controlled by the test. */
import { createReducer } from "../../../../extension/core/model/reducer.ts";
import { FAULTS, type FaultCommand, type FaultName } from "../../../../extension/core/faults/vocabulary.ts";
import type { ScenarioPorts } from "../../../../extension/core/scenarios/run.ts";
import { EventScript, START, URL_OF_HUB } from "../event-script.ts";

const BEGIN = 60_000;

interface Due {
  readonly at: number;
  readonly run: () => void;
}

export class FakeTab {
  readonly script = new EventScript();
  readonly commands: FaultCommand[] = [];
  readonly start = START + BEGIN;
  now = START + BEGIN;
  onFault: (injected: { command: FaultCommand; fault: number }) => void = () => undefined;
  refuses: string | null = null;
  answerAfter = 0;
  readonly #reducer = createReducer();
  readonly #stopped = new AbortController();
  readonly #running = new Map<number, FaultName>();
  #applied = 0;
  #due: Due[] = [];
  #waiting: (() => void)[] = [];
  #socket = 1;
  #calls = 0;
  #hasCircuit = false;
  /** Whether the app is connected. */
  up = false;

  connected({ stateful = false, token = false, circuit = false } = {}): this {
    this.#hasCircuit = circuit;
    this.script.at(0).page().hub().state("Disconnected", "Connecting").at(10);
    if (token)
      this.script.add({
        kind: "negotiate",
        request: 99,
        url: `${URL_OF_HUB}/negotiate?negotiateVersion=1`,
        api: "fetch",
        askedStatefulReconnect: stateful,
        tokenExpiresAt: START + 3_600_000,
      });
    this.script.negotiate(1, "id-1", stateful).at(20).socket(1, 1);
    this.#enterCircuit("StartCircuit");
    this.script.state("Connecting", "Connected", "id-1");
    this.up = true;
    this.#apply();
    return this;
  }

  /** The calls of an app after its first connection. */
  /** Of a Blazor page: the server has kept its circuit. */
  #enterCircuit(method: "StartCircuit" | "ConnectCircuit"): void {
    if (!this.#hasCircuit) return;
    const of = { kind: "circuit", socket: this.#socket, method } as const;
    this.script.add({ ...of, step: "called" }, { ...of, step: "accepted" });
  }

  joinAtStart(): void {
    this.#join(this.script.at(200));
  }

  join(): void {
    if (this.up) this.#join(this.#at());
  }

  #join(at: EventScript): void {
    const invocationId = String(++this.#calls);
    at.message({ socket: this.#socket, direction: "out", type: 1, target: "JoinBoard", invocationId });
    at.message({ socket: this.#socket, direction: "in", type: 3, invocationId });
    this.#apply();
  }

  readonly ports: ScenarioPorts = {
    inject: (command) => this.#inject(command),
    end: (_page, fault) => {
      this.#endFault(fault, "undone");
      return Promise.resolve();
    },
    model: () => this.#reducer.model,
    changed: () =>
      new Promise((resolve) => {
        this.#waiting.push(resolve);
      }),
    now: () => this.now,
    sleep: (time, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener("abort", () => {
          resolve();
        });
        this.later(time, resolve);
      }),
    signal: this.#stopped.signal,
  };

  stop(): void {
    this.#stopped.abort();
  }

  later(time: number, run: () => void): void {
    this.#due.push({ at: this.now + time, run });
  }

  running(): FaultName[] {
    return [...this.#running.values()];
  }

  /** Lets time pass until the promise is settled. */
  async play<T>(promise: Promise<T>): Promise<T> {
    const state = { over: false };
    const end = (): void => {
      state.over = true;
    };
    promise.then(end, end);
    for (let turns = 0; turns < 10_000; turns++) {
      await settle();
      if (state.over) return promise;
      this.#next();
    }
    throw new Error("the scenario does not end");
  }

  async wait(time: number): Promise<void> {
    const end = this.now + time;
    for (;;) {
      await settle();
      if (!this.#due.some(({ at }) => at <= end)) break;
      this.#next();
    }
    this.now = end;
  }

  lose(): void {
    this.up = false;
    this.#at().closed(this.#socket).state("Connected", "Reconnecting");
    this.#apply();
  }

  reconnect(id: string): void {
    this.#connect(id, "Reconnecting");
  }

  giveUp(): void {
    this.#at().state("Reconnecting", "Disconnected");
    this.#apply();
  }

  startAnew(id: string): void {
    this.#at().state("Disconnected", "Connecting");
    this.#connect(id, "Connecting");
  }

  #connect(id: string, from: "Reconnecting" | "Connecting"): void {
    const socket = ++this.#socket;
    this.up = true;
    this.#at().negotiate(socket, id).socket(socket, socket).state(from, "Connected", id);
    this.#enterCircuit("ConnectCircuit");
    this.#apply();
  }

  async #inject(command: FaultCommand) {
    if (this.refuses !== null) return { ok: false as const, error: this.refuses };
    if (this.answerAfter > 0)
      await new Promise<void>((resolve) => {
        this.later(this.answerAfter, resolve);
      });
    this.commands.push(command);
    const fault = this.commands.length;
    const lasting = FAULTS[command.name].lasting;
    const duration =
      "duration" in command ? command.duration : "window" in command ? command.window : undefined;
    this.#at().add({
      kind: "fault",
      fault,
      command,
      ...(duration === undefined ? {} : { until: this.now + duration }),
    });
    this.#running.set(fault, command.name);
    if (!lasting) this.#endFault(fault, "completed");
    else if (duration !== undefined)
      this.later(duration, () => {
        this.#endFault(fault, "completed");
      });
    this.#apply();
    this.onFault({ command, fault });
    return { ok: true as const, fault, page: "p" };
  }

  #endFault(fault: number, reason: "completed" | "undone"): void {
    if (!this.#running.delete(fault)) return;
    this.#at().add({ kind: "fault-ended", fault, reason });
    this.#apply();
  }

  #at(): EventScript {
    return this.script.at(this.now - START);
  }

  #apply(): void {
    this.#reducer.apply("p", this.script.events.slice(this.#applied));
    this.#applied = this.script.events.length;
    for (const tell of this.#waiting.splice(0)) tell();
  }

  /** Moves the clock to the next due action and runs it. */
  #next(): void {
    const [first] = [...this.#due].sort((a, b) => a.at - b.at);
    if (!first) throw new Error("nothing is due: the scenario hangs");
    this.#due = this.#due.filter((one) => one !== first);
    this.now = Math.max(this.now, first.at);
    first.run();
  }
}

/** Runs all pending microtasks and immediate callbacks. */
const settle = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
