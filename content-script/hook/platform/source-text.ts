/**
 * Functions of the browser print as the browser's: `function fetch() { [native code] }`. A proxy of one prints without its name, and
 * libraries that look for it take the function for replaced: Sentry then leaves fetch alone on the whole page.
 * https://github.com/getsentry/sentry-javascript/blob/develop/packages/browser-utils/src/getNativeImplementation.ts
 */
import { apply, getOwnPropertyDescriptor, getPrototypeOf, originalOf, wrap, type Method } from "./natives.ts";
import { patchValue } from "./patches.ts";

export function hookSourceText(): void {
  patchValue(Function.prototype, "toString", (native: Method) => {
    /** How a proxy of a function prints. */
    const anonymous = apply(native, new Proxy(native, {}), []);
    const wrapped: Method = wrap(native, {
      apply(target, self: unknown, args) {
        const text: unknown = apply(target, (isFunction(self) && originalOf(self)) || self, args);
        if (text !== anonymous || !isFunction(self)) return text;
        const theirs = toStringOf(self);
        return theirs && theirs !== wrapped && apply(native, theirs, []) === anonymous
          ? apply(theirs, self, args)
          : text;
      },
    });
    return wrapped;
  });
}

const isFunction = (value: unknown): value is object => typeof value === "function";

/** A function of another frame is known to the hook of that frame, which has a `toString` of its own there. */
function toStringOf(self: object): Method | undefined {
  try {
    // WebSocket inherits from EventTarget, and that from Function.prototype.
    for (let owner = getPrototypeOf(self); owner; owner = getPrototypeOf(owner)) {
      const found = getOwnPropertyDescriptor(owner, "toString");
      if (found) return typeof found.value === "function" ? (found.value as Method) : undefined;
    }
  } catch {
    // A proxy of the page that throws.
  }
  return undefined;
}
