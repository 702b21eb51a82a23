/**
 * Hears the app's calls of start(), stop(), invoke(), send() and stream(): which come in a state in which they must fail, and
 * from where in the page's code they come. The methods are replaced on the prototype, once for all HubConnections of a copy of
 * the client, as an app's own replacement would be: one that comes later is not hidden by ours.
 */
import {
  apply,
  getOwnPropertyDescriptor,
  guarded,
  ownMethods,
  wrap,
} from "../../sentinel/shared-with-hook.ts";
import type { PageHub } from "../../sentinel/probe.ts";
import { patchValue } from "../patch/replace.ts";

export type HubMethod = (typeof METHODS)[number];
const METHODS = ["start", "stop", "invoke", "send", "stream"] as const;

/** @param target of a call */
export type HearCall = (method: HubMethod, target: unknown) => void;

const heard = ownMethods(new WeakMap<object, HearCall>());
const patched = ownMethods(new WeakMap<object, true>());
const { getPrototypeOf } = Object;

/** @returns stops hearing this hub's calls */
export function hearCalls(hub: PageHub, hear: HearCall): () => void {
  heard.set(hub, hear);
  // An app may have a class of its own that extends the client's.
  for (
    let prototype = getPrototypeOf(hub) as object | null;
    prototype;
    prototype = getPrototypeOf(prototype) as object | null
  ) {
    if (patched.has(prototype) || !getOwnPropertyDescriptor(prototype, "start")) continue;
    patched.set(prototype, true);
    for (const method of METHODS) replace(prototype, method);
  }
  return () => {
    heard.delete(hub);
  };
}

type Call = (this: object, ...args: unknown[]) => unknown;

function replace(prototype: object, method: HubMethod): void {
  patchValue(prototype, method, (native: Call) =>
    wrap(native, {
      apply(target, hub, args) {
        guarded(() => {
          heard.get(hub as object)?.(method, args[0]);
        });
        return apply(target, hub, args) as unknown;
      },
    }),
  );
}
