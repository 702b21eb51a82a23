/** All changes to the page's globals are made here: property attributes are preserved, and each patch can be removed. */
import { defineProperty, getOwnPropertyDescriptor, standIn, wrap, type Method } from "./natives.ts";

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

export function patchMethod(target: object, name: string, trap: ApplyTrap): void {
  patchValue(target, name, (native: Method) => wrap(native, trap));
}

/** Replaces a global class: what `new` does, nothing else. */
export function patchClass(name: "WebSocket" | "EventSource", trap: ConstructTrap): void {
  const native = window[name];
  const wrapped: typeof native = wrap(native, {
    construct: (target, args: unknown[], newTarget) =>
      trap.construct(target, args, (newTarget === wrapped ? target : newTarget) as Constructor),
  });
  patchValue(window, name, () => wrapped);
  patchValue(native.prototype, "constructor", () => wrapped);
}

/**
 * Replaces a function; the other attributes of its property stay unchanged.
 * @returns removes the patch, unless it was replaced since
 */
export function patchValue(target: object, name: string, make: (original: never) => unknown): () => void {
  const before = getOwnPropertyDescriptor(target, name);
  if (typeof before?.value !== "function") return () => undefined;
  const value = make(before.value as never);
  if (!defineProperty(target, name, { ...before, value })) return () => undefined;
  return () => {
    if (getOwnPropertyDescriptor(target, name)?.value === value) defineProperty(target, name, before);
  };
}

/**
 * Replaces the getter of an accessor property.
 * @returns removes the patch
 */
export function patchGetter(target: object, name: string, get: () => unknown): () => void {
  const before = getOwnPropertyDescriptor(target, name);
  if (!before?.configurable || !before.get) return () => undefined;
  const method = getOwnPropertyDescriptor(
    {
      get [name](): unknown {
        return get();
      },
    },
    name,
  )?.get;
  if (!method || !defineProperty(target, name, { ...before, get: standIn(method, before.get) }))
    return () => undefined;
  return () => {
    if (getOwnPropertyDescriptor(target, name)?.get === method) defineProperty(target, name, before);
  };
}
