/**
 * Finds the page's HubConnection objects, whatever bundler or minifier they went through: every client from 3.1 to 10 assigns
 * `keepAliveIntervalInMilliseconds` in its constructor, and an accessor on Object.prototype sees that. For every other object
 * the accessor does exactly what an assignment without it would do.
 *
 * Known cost: `"keepAliveIntervalInMilliseconds" in {}` is true; assigning that name to a frozen object throws also in sloppy
 * mode. It can be switched off; then everything is derived from the traffic.
 */
import { guarded } from "./platform/guard.ts";
import {
  apply,
  nativeDefine,
  defineProperty,
  deleteProperty,
  nativeDescriptor,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  microtask,
  off,
  on,
  setPrototypeOf,
  stopImmediately,
} from "./platform/natives.ts";
import { KEY, SCRIPT_EVENT } from "./probe-key.ts";

const { isExtensible } = Reflect;

/** The members of a HubConnection that we use. Only public members have the same names in every build. */
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
  /** Whether it is still installed: a page may remove it, as `lockdown()` of SES does. */
  present(): boolean;
  /** Removes it, or installs it again. One that the page itself has removed stays removed. */
  enable(on: boolean): void;
  /**
   * Takes the next function that is assigned to this name on any object: how a script of ours that is injected later reaches
   * us. The page can neither observe nor replace it, as an assignment runs no code except the setter. Where the page has removed
   * the accessor and keeps it out (`lockdown()` of SES), an event brings the function: a page that replaced `dispatchEvent`
   * could see and hold that one.
   */
  expectScript(take: TakeScript): void;
}

type TakeScript = (script: (...args: never[]) => unknown) => void;

export function installProbe(found: (hub: PageHub) => void): Probe {
  const root = Object.prototype;
  const target: EventTarget = performance;
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
  const take = (script: unknown): boolean => {
    const taker = expected;
    if (!taker || typeof script !== "function") return false;
    expected = undefined;
    off(target, SCRIPT_EVENT, hear);
    if (removed) enable(false);
    guarded(() => {
      taker(script as () => unknown);
    });
    return true;
  };
  const hear = (event: Event): void => {
    apply(stopImmediately, event, []);
    take((event as { script?: unknown }).script);
  };
  const assigned = (target: object, value: unknown): void => {
    if (take(value)) return;
    if (removed || typeof value !== "number" || !looksLikeHub(target)) return;
    fresh[fresh.length] = target;
    // The constructor still has to assign the other properties.
    microtask(settle);
  };
  // It behaves like a plain assignment: it sets the target's own property, or adds it.
  const accessor = nativeDescriptor(
    {
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
    },
    KEY,
  ) as PropertyDescriptor;
  setPrototypeOf(accessor, null);
  accessor.enumerable = false;
  const put = (): void => {
    if (!nativeDescriptor(root, KEY) && isExtensible(root)) nativeDefine(root, KEY, accessor);
  };
  const present = (): boolean => nativeDescriptor(root, KEY)?.set === accessor.set;
  const enable = (on: boolean): void => {
    if (!on && present()) deleteProperty(root, KEY);
    if (on && removed) put();
    removed = !on;
  };
  put();
  return {
    settle,
    present,
    enable,
    expectScript(taker) {
      expected = taker;
      put();
      if (!present()) on(target, SCRIPT_EVENT, hear);
    },
  };
}

function isHub(object: Partial<PageHub>): boolean {
  try {
    const { connection } = object;
    // In version 1.1 the state is a number without enough detail: that client is observed by its traffic only.
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
