/** Wraps the page's EventSource like its WebSocket: the sources are native, and our listeners run first. */
import { isLegacyConnect } from "../../extension/core/protocol/negotiate.ts";
import { call, isCalled } from "./call.ts";
import { listen, type Raw } from "./ears.ts";
import { happen } from "./happenings.ts";
import { isHandling, messageData, ownMethods, sourceUrl } from "./platform/natives.ts";
import { afterCall, afterNew, patchClass, patchMethod } from "./platform/patches.ts";

const EVENTS = ["open", "message", "error"] as const;

/** What the hook does with an event source. */
export interface SourceEars extends Readonly<Record<(typeof EVENTS)[number], (event: Event) => void>> {
  closing(duringMessage: boolean): void;
}

/** An event source that the page opened after a sign of SignalR, and before the hook was there. */
export interface RawEventSource extends Raw<(typeof EVENTS)[number]> {
  readonly source: EventSource;
  readonly url: string;
  ears: SourceEars | undefined;
}

/** Created with the first one. */
let sources: WeakMap<object, RawEventSource> | undefined;

/** The hook replaces these with its own. */
export const sourceTraps = {
  construct: afterNew((source) => {
    watch(source as EventSource);
  }),
  close: afterCall((source) => {
    const raw = sources?.get(source);
    if (!raw) return;
    const during = isHandling(source);
    happen(raw, () => raw.ears?.closing(during));
  }),
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
  (sources ??= ownMethods(new WeakMap())).set(source, raw);
  happen(raw, (hook) => hook.source(raw));
  listen(raw, source, EVENTS, (event, type) =>
    type === "message" ? (messageData(event) as string).length : 0,
  );
}
