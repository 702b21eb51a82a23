/**
 * Calls that the client has rejected because of the connection's state, where the app doesn't catch the error: the browser tells
 * of them by itself. Those that the app catches aren't seen.
 */
import type { Mistake } from "../../../extension/core/events/app-events.ts";
import { pageFrames } from "./call-stack.ts";
import { apply, getOwnPropertyDescriptor, guarded, on } from "../../sentinel/shared-with-hook.ts";

/** Errors of @microsoft/signalr 3.1 to 10. */
const REJECTIONS: readonly (readonly [string, Mistake])[] = [
  ["Cannot start a HubConnection that is not in the 'Disconnected' state.", "started-twice"],
  ["Cannot send data if the connection is not in the 'Connected' State.", "not-connected"],
];

const { PromiseRejectionEvent: NativeEvent } = window as Partial<
  Pick<typeof globalThis, "PromiseRejectionEvent">
>;
const reasonOf = NativeEvent && getOwnPropertyDescriptor(NativeEvent.prototype, "reason")?.get;

/** @param found gets the mistake, and the error's stack if it has one of its own */
export function watchUncaught(found: (mistake: Mistake, stack: string | undefined) => void): void {
  on(window, "unhandledrejection", (event) => {
    guarded(() => {
      if (!event.isTrusted || !reasonOf) return;
      const reason: unknown = apply(reasonOf, event, []);
      if (typeof reason !== "object" || reason === null) return;
      const message: unknown = getOwnPropertyDescriptor(reason, "message")?.value;
      const known = REJECTIONS.find(([text]) => text === message);
      if (known) found(known[1], stackOf(reason));
    });
  });
}

/** In Chromium it is a property of the error itself; reading another one would run the page's code. */
function stackOf(reason: object): string | undefined {
  const stack: unknown = getOwnPropertyDescriptor(reason, "stack")?.value;
  return typeof stack === "string" ? pageFrames(stack) : undefined;
}
