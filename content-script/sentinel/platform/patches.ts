/** All lasting changes to the page's globals are made here. Property attributes are preserved. */
import { guarded } from "./guard.ts";
import { apply, construct, defineProperty, getOwnPropertyDescriptor, wrap, type Method } from "./natives.ts";

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

/** Replaces a function; the other attributes of its property stay unchanged. */
export function patchValue(target: object, name: string, make: (original: never) => object): void {
  const before = getOwnPropertyDescriptor(target, name);
  if (typeof before?.value === "function")
    defineProperty(target, name, { ...before, value: make(before.value as never) });
}
