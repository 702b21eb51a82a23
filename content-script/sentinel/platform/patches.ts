/** All lasting changes to the page's globals are made here. Property attributes are preserved. */
import { guarded } from "./guard.ts";
import {
  apply,
  construct,
  nativeDefine,
  nativeDescriptor,
  setPrototypeOf,
  wrap,
  type Method,
} from "./natives.ts";

export type Constructor = abstract new (...args: never[]) => object;

/** Replaces calls of a function. Whoever changes `apply` later changes what the function does. */
export interface ApplyTrap {
  apply: (target: Method, self: object, args: unknown[]) => unknown;
}

/** Replaces `new` of a class. Whoever changes `construct` later changes what it does. */
export interface ConstructTrap {
  /** @param newTarget the browser's class, or one of the page that extends it */
  construct: (target: Constructor, args: unknown[], newTarget: Constructor) => object;
}

/** @param note is told of each call, after the native one: if that throws, nothing has happened */
export const afterCall = (note: (self: object, args: readonly unknown[]) => void): ApplyTrap => ({
  apply(target, self, args) {
    const result = apply(target, self, args);
    guarded(() => {
      note(self, args);
    });
    return result;
  },
});

/** @param note is told of each new object */
export const afterNew = (note: (made: object) => void): ConstructTrap => ({
  construct(target, args, newTarget) {
    const made = construct(target, args, newTarget) as object;
    guarded(() => {
      note(made);
    });
    return made;
  },
});

/**
 * Wraps a function; the other attributes of its property stay unchanged.
 * @returns undefined: there is no such function
 */
export function patchMethod<T extends object>(
  target: object,
  name: string,
  traps: ProxyHandler<T>,
): T | undefined {
  const property = nativeDescriptor(target, name);
  if (typeof property?.value !== "function") return;
  // Otherwise a `get` of Object.prototype would be part of it.
  setPrototypeOf(property, null);
  const wrapped = (property.value = wrap(property.value as T, traps));
  nativeDefine(target, name, property);
  return wrapped;
}

/** Replaces a global class: what `new` does, nothing else. */
export function patchClass(name: "WebSocket" | "EventSource", trap: ConstructTrap): void {
  const wrapped: Constructor | undefined = patchMethod<Constructor>(window, name, {
    construct: (target, args: never[], newTarget) =>
      trap.construct(target, args, (newTarget === wrapped ? target : newTarget) as Constructor),
  });
  const { prototype } = window[name];
  const property = nativeDescriptor(prototype, "constructor");
  if (!property || !wrapped) return;
  setPrototypeOf(property, null);
  property.value = wrapped;
  nativeDefine(prototype, "constructor", property);
}
