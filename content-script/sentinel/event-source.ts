/** Wraps the page's EventSource like its WebSocket: the sources are native, and our listeners run first. */
import { isLegacyConnect } from "../../extension/core/protocol/negotiate.ts";
import { call, isCalled } from "./call.ts";
import { happen, isLive } from "./happenings.ts";
import { theHook } from "./interpreter.ts";
import { guarded } from "./platform/guard.ts";
import { apply, construct, isHandling, messageData, on, ownMethods, sourceUrl } from "./platform/natives.ts";
import { patchClass, patchMethod, type ApplyTrap, type ConstructTrap } from "./platform/patches.ts";

const EVENTS = ["open", "message", "error"] as const;

/** What the hook does with an event source. */
export interface SourceEars extends Readonly<Record<(typeof EVENTS)[number], (event: Event) => void>> {
  closing(duringMessage: boolean): void;
}

/** An event source that the page opened after a sign of SignalR, and before the hook was there. */
export interface RawEventSource {
  readonly source: EventSource;
  readonly url: string;
  /** undefined: the hook isn't there yet, or the source is of no interest. */
  ears: SourceEars | undefined;
}

/** Created with the first one. */
let sources: WeakMap<object, RawEventSource> | undefined;

/** The hook replaces these with its own. */
export const sourceTraps: { construct: ConstructTrap; close: ApplyTrap } = {
  construct: {
    construct(target, args, newTarget) {
      const source = construct(target, args, newTarget) as EventSource;
      guarded(() => {
        watch(source);
      });
      return source;
    },
  },
  close: {
    apply(target, source, args) {
      const raw = sources?.get(source);
      if (raw)
        guarded(() => {
          const during = isHandling(source);
          happen(raw, () => raw.ears?.closing(during));
        });
      return apply(target, source, args);
    },
  },
};

export function patchEventSource(): void {
  patchClass("EventSource", sourceTraps.construct);
  patchMethod(EventSource.prototype, "close", sourceTraps.close);
}

function watch(source: EventSource): void {
  const url = sourceUrl(source);
  if (isLegacyConnect(url)) call();
  if (!isCalled()) return;
  const raw: RawEventSource = { source, url, ears: undefined };
  for (let i = 0; i < EVENTS.length; i++) {
    const type = EVENTS[i] as (typeof EVENTS)[number];
    on(source, type, (event) => {
      if (isLive()) raw.ears?.[type](event);
      else if (event.isTrusted)
        happen(
          raw,
          () => raw.ears?.[type](event),
          type === "message" ? (messageData(event) as string).length : 0,
        );
    });
  }
  (sources ??= ownMethods(new WeakMap())).set(source, raw);
  happen(raw, () => theHook()?.source(raw));
}
