/**
 * What happens before the hook is loaded: a list of functions, each with its time. The hook replays them in order, at their own
 * times; what happens meanwhile is added at the end. From then on everything reaches the hook at once.
 */
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import type { Interpreter } from "./interpreter.ts";
import { guarded } from "./platform/guard.ts";
import { NativePromise, apply, atTime, now, promiseThen } from "./platform/natives.ts";

/** Limits the texts that wait, in characters or bytes. The hook usually comes within half a second. */
const MAX_LENGTH = 32 * 1024 * 1024;
const MAX_HAPPENINGS = 40_000;

/** May return a promise: what follows is replayed when it settles. */
type Run = (hook: Interpreter) => unknown;

interface Happening {
  readonly at: EpochMilliseconds;
  run: Run;
  /** What it happened to. */
  readonly to: object;
}

let waiting: Happening[] = [];
let length = 0;
let lost = 0;
let hook: Interpreter | undefined;
let live = false;
let settle = (): void => undefined;

/** @param run runs before each happening: something else may have to come before it */
export function beforeEach(run: () => void): void {
  settle = run;
}

/** undefined: it isn't loaded yet. */
export const theHook = (): Interpreter | undefined => hook;

/** The hook is there, and has caught up. */
export const isLive = (): boolean => live;

/**
 * Runs it at once if the hook is there, later otherwise.
 * @param size of the texts that it needs
 */
export function happen(to: object, run: Run, size = 0): void {
  if (live) {
    guarded(() => {
      if (hook) run(hook);
    });
    return;
  }
  settle();
  if (waiting.length >= MAX_HAPPENINGS || length + size > MAX_LENGTH) lost++;
  else {
    length += size;
    waiting[waiting.length] = { at: now(), run, to };
  }
}

/** Removes what has happened to an object that turned out to have nothing to do with SignalR. */
export function forget(to: object): void {
  if (!hook) waiting = waiting.filter((one) => one.to !== to);
  // While they are replayed they keep their places.
  else
    waiting.forEach((one) => {
      if (one.to === to) one.run = nothing;
    });
}

const nothing = (): void => undefined;

/** Removes everything: the hook will not come. */
export function forgetAll(): void {
  waiting = [];
  length = 0;
}

/** The hook is loaded: it gets everything that has happened, and from then on what happens. */
export function replay(loaded: Interpreter): void {
  hook = loaded;
  let next = 0;
  const go = (): void => {
    for (let one = waiting[next]; one; one = waiting[next]) {
      next++;
      const { at, run } = one;
      let slow: unknown;
      guarded(() => {
        slow = atTime(at, () => run(loaded));
      });
      if (slow instanceof NativePromise) {
        void apply(promiseThen, slow, [go, go]);
        return;
      }
    }
    forgetAll();
    live = true;
    loaded.live(lost);
  };
  go();
}
