/**
 * Makes `toString()` of wrapped functions return the browser's text: `function fetch() { [native code] }`. That of a proxy has
 * no name, and libraries that check it think that the function was replaced: Sentry then doesn't instrument fetch on the whole
 * page.
 * https://github.com/getsentry/sentry-javascript/blob/develop/packages/browser-utils/src/getNativeImplementation.ts
 */
import { apply, getOwnPropertyDescriptor, getPrototypeOf, originalOf, type Method } from "./natives.ts";
import { patchMethod } from "./patches.ts";

export function hookSourceText(): void {
  /** The source text of a proxy of a function. */
  let anonymous: unknown;
  const wrapped = patchMethod<Method>(Function.prototype, "toString", {
    apply(native, self: unknown, args) {
      anonymous ??= apply(native, wrapped, []);
      const text: unknown = apply(native, (isFunction(self) && originalOf(self)) || self, args);
      if (text !== anonymous || !isFunction(self)) return text;
      const theirs = toStringOf(self);
      return theirs && theirs !== wrapped && apply(native, theirs, []) === anonymous
        ? apply(theirs, self, args)
        : text;
    },
  });
}

const isFunction = (value: unknown): value is object => typeof value === "function";

/** A function of another frame is known only to that frame's hook, which has replaced `toString` there. */
function toStringOf(self: object): Method | undefined {
  try {
    // WebSocket inherits from EventTarget, and that from Function.prototype.
    for (let owner = getPrototypeOf(self); owner; owner = getPrototypeOf(owner)) {
      const found = getOwnPropertyDescriptor(owner, "toString");
      if (found) return typeof found.value === "function" ? (found.value as Method) : undefined;
    }
  } catch {
    // a proxy of the page that throws
  }
  return undefined;
}
