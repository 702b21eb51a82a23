/**
 * Timers and animation frames that a suspension can hold. Wrapped only on pages with SignalR whose panel is open: a
 * timer that was armed before can't be held.
 */
import {
  apply,
  clearNativeTimeout,
  inTask,
  nativeTimeout,
  patchValue,
  wrap,
} from "../hook/shared-with-faults.ts";
import type { Milliseconds } from "../../extension/core/units.ts";

type Held = Map<number, () => void>;

/** Callbacks of timers that came due while held, by timer id; null when nothing is held. */
let held: Held | null = null;
/** Released, and each waiting for its task. */
let due: Held | null = null;
let wrapped = false;

export function holdTimers(): void {
  held ??= new Map();
}

/**
 * Timers run together, once in a period, as browsers do with those of a hidden tab. Frames don't: a hidden tab has none.
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

/** Runs what came due meanwhile, in the order in which it came due, each in a task of its own as ever. */
export function releaseTimers(): void {
  const released = held;
  due = released;
  held = null;
  if (!released) return;
  for (const id of released.keys())
    inTask(() => {
      // One that ran before may have cleared it.
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

/** Ids of frames and of timers are counted apart by the browser. */
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
        // A held interval comes due again and again, and fires once.
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
      // Ids are numbers. Anything else is turned into one by the browser, and only once.
      if (typeof id === "number") {
        held?.delete(id * sign);
        due?.delete(id * sign);
      }
      return apply(target, thisArg, args) as unknown;
    },
  });
}
