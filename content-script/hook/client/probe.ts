/**
 * Finds the page's HubConnection objects, whatever bundler or minifier they went through: every client from 3.1 to 10
 * assigns `keepAliveIntervalInMilliseconds` in its constructor, and an accessor on Object.prototype sees that. For every
 * other object the accessor does exactly what an assignment without it would do.
 *
 * Known cost: `"keepAliveIntervalInMilliseconds" in {}` is true; assigning that name to a frozen object throws also in
 * sloppy mode. It can be switched off; then everything is derived from the wire.
 */
import { guarded } from "../platform/guard.ts";
import {
  deleteProperty,
  defineProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  microtask,
} from "../platform/natives.ts";
import { KEY } from "./probe-key.ts";

const { isExtensible } = Reflect;

/** What we use of a HubConnection; only the public members have these names in every build. */
export interface PageHub {
  readonly state: unknown;
  readonly connectionId?: unknown;
  readonly baseUrl?: unknown;
  readonly serverTimeoutInMilliseconds?: unknown;
  readonly keepAliveIntervalInMilliseconds?: unknown;
  readonly connection: { onclose?: unknown; features?: Record<string, unknown>; start: unknown };
}

export interface Probe {
  /** Looks at objects whose constructor has just run. Called before anything that a HubConnection may cause. */
  settle(): void;
  /** Is it in place? A page may take it away: `lockdown()` of SES does. */
  present(): boolean;
  remove(): void;
  /** Puts it back in place after `remove`. */
  restore(): void;
  /**
   * Takes the next function that is assigned to the name on any object: a way for a script of ours that comes later. Nothing
   * of it can be seen or stood in by the page, as an assignment runs no code but the setter.
   */
  expectScript(take: TakeScript): void;
}

type TakeScript = (script: (...args: never[]) => unknown) => void;

export function installProbe(found: (hub: PageHub) => void): Probe {
  const root = Object.prototype;
  let fresh: object[] = [];

  const settle = (): void => {
    const objects = fresh;
    fresh = [];
    for (let i = 0; i < objects.length; i++) {
      const object = objects[i] as PageHub;
      if (isHub(object))
        guarded(() => {
          found(object);
        });
    }
  };
  let expected: TakeScript | undefined;
  let removed = false;
  const assigned = (target: object, value: unknown): void => {
    if (expected && typeof value === "function") {
      const take = expected;
      expected = undefined;
      if (removed) remove();
      guarded(() => {
        take(value as () => unknown);
      });
      return;
    }
    if (removed || typeof value !== "number" || !looksLikeHub(target)) return;
    fresh[fresh.length] = target;
    // The constructor has yet to assign the rest.
    microtask(settle);
  };
  const set = setterFor(root, assigned);
  const put = (): void => {
    if (!getOwnPropertyDescriptor(root, KEY) && isExtensible(root))
      defineProperty(root, KEY, { configurable: true, enumerable: false, set });
  };
  const present = (): boolean => getOwnPropertyDescriptor(root, KEY)?.set === set;
  const remove = (): void => {
    removed = true;
    if (present()) deleteProperty(root, KEY);
  };
  put();
  return {
    settle,
    present,
    remove,
    restore() {
      // What the page itself took away stays away.
      if (removed) put();
      removed = false;
    },
    expectScript(take) {
      expected = take;
      put();
    },
  };
}

function isHub(object: Partial<PageHub>): boolean {
  try {
    const { connection } = object;
    // The state of 1.1 is a number, and says too little: that client is read from the wire.
    return (
      typeof connection?.start === "function" && "features" in connection && typeof object.state === "string"
    );
  } catch {
    return false; // a page object with throwing getters
  }
}

function looksLikeHub(target: object): boolean {
  try {
    const prototype = getPrototypeOf(target) as Record<string, unknown> | null;
    return (
      prototype !== null &&
      prototype !== Object.prototype &&
      typeof prototype["invoke"] === "function" &&
      typeof prototype["start"] === "function" &&
      typeof prototype["onclose"] === "function"
    );
  } catch {
    return false; // a proxy that throws
  }
}

/** A setter that acts as plain assignment: own property if there is one, else a new one on the target. */
function setterFor(
  root: object,
  assigned: (target: object, value: unknown) => void,
): (value: unknown) => void {
  const methods = {
    set [KEY](value: unknown) {
      const target = this as unknown;
      if (target === null || (typeof target !== "object" && typeof target !== "function"))
        throw new TypeError(`Cannot create property '${KEY}'`);
      const own = target === root ? undefined : getOwnPropertyDescriptor(target, KEY);
      const done = own
        ? "value" in own && own.writable === true && defineProperty(target, KEY, { value })
        : defineProperty(target, KEY, { value, writable: true, enumerable: true, configurable: true });
      if (!done) throw new TypeError(`Cannot add property ${KEY}, object is not extensible`);
      if (typeof target === "object") assigned(target, value);
    },
  };
  return getOwnPropertyDescriptor(methods, KEY)?.set as (value: unknown) => void;
}
