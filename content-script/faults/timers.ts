/**
 * Timers and animation frames that a suspension can hold. They are wrapped only on pages with SignalR whose panel is open:
 * timers that were started before can't be held.
 */
import {
  apply,
  clearNativeTimeout,
  inTask,
  nativeTimeout,
  patchValue,
  wrap,
} from "../hook/shared-with-tools.ts";
import type { Milliseconds } from "../../extension/core/units.ts";

type Held = Map<number, () => void>;

/** Callbacks of timers that expired while held, by timer id; null: timers are not held. */
let held: Held | null = null;
/** Released callbacks that still wait for their task. */
let due: Held | null = null;
let wrapped = false;

export function holdTimers(): void {
  held ??= new Map();
}

/**
 * Timers run together, once per period, like those of a hidden tab. Animation frames don't run at all, as in a hidden tab.
 * @returns ends it
 */
export function throttleTimers(period: Milliseconds): () => void {
  holdTimers();
  let timer = nativeTimeout(next, period);
  function next(): void {
    releaseTimers();
    holdTimers();
    timer = nativeTimeout(next, period);
  }
  return () => {
    clearNativeTimeout(timer);
    releaseTimers();
  };
}

/** Runs the callbacks of timers that expired in the meantime, in that order, each in its own task as usual. */
export function releaseTimers(): void {
  const released = held;
  due = released;
  held = null;
  if (!released) return;
  for (const id of released.keys())
    inTask(() => {
      // A callback that ran before may have cleared this timer.
      const run = released.get(id);
      released.delete(id);
      run?.();
    });
}

export function wrapTimers(): void {
  if (wrapped) return;
  wrapped = true;
  for (const name of ["setTimeout", "setInterval"])
    patchValue(window, name, (native: Arm) => wrapTimer(native, 1));
  for (const name of ["clearTimeout", "clearInterval"])
    patchValue(window, name, (native: Clear) => wrapClear(native, 1));
  patchValue(window, "requestAnimationFrame", (native: Arm) => wrapTimer(native, FRAME));
  patchValue(window, "cancelAnimationFrame", (native: Clear) => wrapClear(native, FRAME));
}

/** The browser numbers animation frames and timers separately. */
const FRAME = -1;

type Arm = (callback: unknown, ...rest: unknown[]) => number;
type Clear = (id: number) => void;

function wrapTimer(native: Arm, sign: number): Arm {
  return wrap(native, {
    apply(target, thisArg, args: unknown[]) {
      const callback = args[0];
      if (typeof callback !== "function") return apply(target, thisArg, args) as unknown;
      let id = 0;
      args[0] = function (this: unknown, ...given: unknown[]): void {
        const run = (): void => {
          apply(callback as (...a: unknown[]) => void, this, given);
        };
        // A held interval expires many times, but runs once.
        if (held) held.set(id * sign, run);
        else run();
      };
      id = apply(target, thisArg, args) as number;
      return id;
    },
  });
}

function wrapClear(native: Clear, sign: number): Clear {
  return wrap(native, {
    apply(target, thisArg, args: unknown[]) {
      const [id] = args;
      // Ids are numbers. The browser converts anything else, and may do so only once: the conversion can run page code.
      if (typeof id === "number") {
        held?.delete(id * sign);
        due?.delete(id * sign);
      }
      return apply(target, thisArg, args) as unknown;
    },
  });
}
