/**
 * The known and accepted differences between a native and a hooked page. Everything else must be equal, and if one of
 * these no longer exists, it must be removed from the list.
 */
import type { BrowserName } from "../harness/browser/index.ts";
import type { ClauseName } from "./clauses.ts";

export interface Difference {
  readonly hooked: unknown;
  readonly why: string;
  readonly only?: BrowserName;
}

const probe = "The client probe is an accessor on Object.prototype; it can be switched off.";
const strictness =
  "A setter can't know whether the assignment that called it was sloppy: it throws as in strict code.";

export const differences: Readonly<Partial<Record<ClauseName, Readonly<Record<string, Difference>>>>> = {
  "WebSocket: life": {
    "readyState can't be set": {
      hooked: [
        {
          thrown: "TypeError",
          message: "Cannot set property readyState of [object WebSocket] which has only a getter",
          kind: "[object Error]",
        },
        1,
        [],
      ],
      why: "V8 takes a class's name for its messages from `constructor` only when that is no proxy.",
      only: "chromium",
    },
  },
  "language: assignment": {
    "the in operator": { hooked: true, why: probe },
    "hasOwn on Object.prototype": { hooked: true, why: probe },
    "all names of Object.prototype": {
      hooked: [
        "__defineGetter__",
        "__defineSetter__",
        "__lookupGetter__",
        "__lookupSetter__",
        "__proto__",
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "keepAliveIntervalInMilliseconds",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
      ],
      why: probe,
    },
    "frozen, sloppy": { hooked: "TypeError", why: strictness },
    "a primitive, sloppy": { hooked: "TypeError", why: strictness },
  },
  "language: reflection": {
    "Reflect.set that must fail": {
      hooked: ["TypeError", "TypeError", "TypeError", "TypeError"],
      why: "A setter can fail only by throwing.",
    },
    "which traps run, for a number": {
      hooked: ["set", "getOwnPropertyDescriptor", "defineProperty", "getPrototypeOf"],
      why: "The probe looks whether the object is a hub connection.",
    },
  },
  "window: frames": {
    "which of them are hooked": {
      hooked: {
        "about:blank, at once": true,
        "about:blank, a moment later": true,
        "document.write into about:blank": true,
        srcdoc: true,
        "srcdoc, sandboxed": true,
        blob: true,
        data: true,
        "same origin": true,
        "navigated from one page to another": true,
      },
      why: "That is what it is for.",
    },
  },
};
