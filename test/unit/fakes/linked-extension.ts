/**
 * Relays linked to the real background and its store, as the browser links them: messages are copies, they get lost, and the
 * background is stopped at any moment and started by the next message. The test file mocks `webextension-polyfill` with
 * `fake-browser.ts`, and puts a clock in place.
 */
import { vi } from "vitest";
import type { BackgroundAnswer, ToBackground } from "../../../extension/messages/extension.ts";
import type { Runtime } from "../../../content-script/relay/runtime.ts";
import { settle } from "./clock.ts";
import { world, type Sender } from "./fake-browser.ts";

/** What becomes of a message to the background, and of its answer. */
export const FATES = [
  "arrives",
  /** It never arrives, and the sender is told. */
  "lost",
  /** It never arrives, and nobody is told. */
  "lost in silence",
  "answer lost",
  "answer lost in silence",
  /** The answer comes after three seconds. */
  "answered slowly",
  /** It arrives when the sender has given up waiting, and is answered then. */
  "late",
  "arrives twice",
  /** The background is stopped while it works on it, and nobody answers. */
  "stopped",
] as const;
export type Fate = (typeof FATES)[number];

/** Less than anything is waited for in vain. */
const SLICE = 1_000;
const NEVER = new Promise<never>(() => undefined);
const pause = (time: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, time));
const closed = (): Error => new Error("The message port closed before a response was received.");

export class LinkedExtension {
  /** Of the messages to come, one each; those after the last arrive. */
  fates: Fate[] = [];
  starts = 0;
  alive = true;
  #starting: Promise<void> | undefined;
  #underWay = 0;

  /** The border of the relay in that frame. */
  runtime(tab: number, frame = 0): Runtime {
    return {
      // What comes is what the real background has answered.
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

  /** As a page of the extension. */
  ask(message: object): Promise<unknown> {
    return this.tell(message, { url: `${world.base}panel.html` });
  }

  /** The background is there. */
  start(): Promise<void> {
    this.#starting ??= this.#load();
    return this.#starting;
  }

  /** What it works on is answered by nobody any more. */
  stop(): void {
    world.onMessage.length = 0;
    world.onRequest.length = 0;
    this.#starting = undefined;
  }

  /** Lets everything happen that needs no time. */
  settle(): Promise<void> {
    return settle(() => this.#underWay > 0);
  }

  /** Lets time pass, a little at a time: what the database does takes none. */
  async pass(time: number): Promise<void> {
    await this.settle();
    for (let left = time; left > 0; left -= SLICE) {
      await vi.advanceTimersByTimeAsync(Math.min(SLICE, left));
      await this.settle();
    }
  }

  /** Hands the background a message, which starts it if need be. @returns its answer; undefined: nobody answers */
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

  /** Nothing of the life before is in its memory. */
  async #load(): Promise<void> {
    this.starts++;
    vi.resetModules();
    await import("../../../extension/background/main.ts");
  }
}
