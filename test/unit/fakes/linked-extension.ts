/**
 * Links relays to the real background and its store, like the browser: messages are copied, may get lost, and the
 * background may be stopped at any time and is started by the next message. The test file mocks `webextension-polyfill` with
 * `fake-browser.ts`, and installs a fake clock.
 */
import { vi } from "vitest";
import type { BackgroundAnswer, ToBackground } from "../../../extension/messages/extension.ts";
import type { Runtime } from "../../../content-script/relay/runtime.ts";
import { settle } from "./clock.ts";
import { world, type Sender } from "./fake-browser.ts";

/** What happens to a message to the background and to its answer. */
export const FATES = [
  "arrives",
  /** It never arrives, and the sender gets an error. */
  "lost",
  /** It never arrives, and the sender gets neither an answer nor an error. */
  "lost in silence",
  "answer lost",
  "answer lost in silence",
  /** The answer arrives after three seconds. */
  "answered slowly",
  /** It arrives, and is answered, only when the sender has stopped waiting. */
  "late",
  "arrives twice",
  /** The background is stopped while it handles the message, so there is no answer. */
  "stopped",
] as const;
export type Fate = (typeof FATES)[number];

/** A step of the clock, shorter than every timeout. */
const SLICE = 1_000;
const NEVER = new Promise<never>(() => undefined);
const pause = (time: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, time));
const closed = (): Error => new Error("The message port closed before a response was received.");

export class LinkedExtension {
  /** The fates of the next messages, one each; all messages after these arrive. */
  fates: Fate[] = [];
  starts = 0;
  alive = true;
  #starting: Promise<void> | undefined;
  #underWay = 0;

  /** The `Runtime` of the relay in this frame. */
  runtime(tab: number, frame = 0): Runtime {
    return {
      // The answer comes from the real background, so it has the right type.
      send: <M extends ToBackground>(message: M) =>
        this.#relay(structuredClone(message), {
          tab: { id: tab },
          frameId: frame,
          url: "https://a.example/",
        }) as Promise<BackgroundAnswer<M>>,
      onMessage(listener) {
        world.relays.set(`${tab}:${frame}`, listener);
      },
      isAlive: () => this.alive,
    };
  }

  /** Sends a message as a page of the extension. */
  ask(message: object): Promise<unknown> {
    return this.tell(message, { url: `${world.base}panel.html` });
  }

  /** Opens a port to the running background. @returns closes it from the other end */
  connect(name: string, sender: Sender): { say(message: unknown): void; end(): void } {
    const ends: (() => void)[] = [];
    const ears: ((message: unknown) => void)[] = [];
    const onDisconnect = { addListener: (listener: () => void) => void ends.push(listener) };
    const onMessage = { addListener: (listener: (message: unknown) => void) => void ears.push(listener) };
    for (const listener of world.onConnect) listener({ name, sender, onDisconnect, onMessage });
    return {
      say: (message) => ears.forEach((hear) => hear(message)),
      end: () => ends.forEach((end) => end()),
    };
  }

  /** Starts the background. */
  start(): Promise<void> {
    this.#starting ??= this.#load();
    return this.#starting;
  }

  /** Stops the background: messages that it was handling get no answer. */
  stop(): void {
    world.onMessage.length = 0;
    world.onConnect.length = 0;
    world.onRequest.length = 0;
    this.#starting = undefined;
  }

  /** Runs everything that is due without advancing the clock. */
  settle(): Promise<void> {
    return settle(() => this.#underWay > 0);
  }

  /** Advances the clock in small steps; work of the database takes no time. */
  async pass(time: number): Promise<void> {
    await this.settle();
    for (let left = time; left > 0; left -= SLICE) {
      await vi.advanceTimersByTimeAsync(Math.min(SLICE, left));
      await this.settle();
    }
  }

  /** Advances the clock until there is an answer that waits for it. @returns that answer, or "none" */
  async answerWithin(time: number, answer: Promise<unknown>): Promise<unknown> {
    const outcome: { given: boolean; answer: unknown } = { given: false, answer: "none" };
    void answer.then((answer) => Object.assign(outcome, { given: true, answer }));
    for (let left = time; left > 0 && !outcome.given; left -= SLICE) {
      // What was asked must have set its timers.
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(SLICE);
    }
    return outcome.answer;
  }

  /** Delivers a message to the background, and starts that if necessary. @returns the answer; undefined if there is none */
  async tell(message: unknown, sender: Sender): Promise<unknown> {
    this.#underWay++;
    try {
      await this.start();
      const answers = world.onMessage.flatMap((listener) => listener(structuredClone(message), sender) ?? []);
      return structuredClone(await answers[0]);
    } finally {
      this.#underWay--;
    }
  }

  async #relay(message: unknown, sender: Sender): Promise<unknown> {
    if (!this.alive) throw new Error("Extension context invalidated.");
    const fate = this.fates.shift() ?? "arrives";
    switch (fate) {
      case "arrives":
        return this.tell(message, sender);
      case "lost":
        throw closed();
      case "lost in silence":
        return NEVER;
      case "answer lost":
        await this.tell(message, sender);
        throw closed();
      case "answer lost in silence":
        await this.tell(message, sender);
        return NEVER;
      case "answered slowly": {
        const answer = await this.tell(message, sender);
        await pause(3_000);
        return answer;
      }
      case "late":
        await pause(12_000);
        return this.tell(message, sender);
      case "arrives twice": {
        const [answer] = await Promise.all([this.tell(message, sender), this.tell(message, sender)]);
        return answer;
      }
      case "stopped": {
        const answer = this.tell(message, sender);
        await new Promise((resolve) => setImmediate(resolve));
        this.stop();
        await answer.catch(() => undefined);
        throw closed();
      }
    }
  }

  /** Loads the background anew: its memory contains nothing of an earlier run. */
  async #load(): Promise<void> {
    this.starts++;
    vi.resetModules();
    await import("../../../extension/background/main.ts");
  }
}
