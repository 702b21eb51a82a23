/** Changes to the page's globals that faults make: property attributes are preserved, and each change can be undone. */
import { defineProperty, getOwnPropertyDescriptor, standIn } from "../../sentinel/shared-with-hook.ts";

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
