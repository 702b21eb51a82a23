/** Wraps the page's EventSource like its WebSocket: the sources are native, and our listeners run first. */
import type { EventSourceConnection } from "../transport/event-stream.ts";
import { guarded } from "../platform/guard.ts";
import { apply, construct, getter, ownMethods, type Method, wrap } from "../platform/natives.ts";
import { patchValue } from "../platform/patches.ts";
import type { NewTarget } from "../transport/fault-hooks.ts";

export interface EventSourceHooks {
  /** @returns undefined: it is not SignalR's */
  opened(source: EventSource, url: string): EventSourceConnection | undefined;
  /** With a fault: what the page gets instead of a real event source. */
  refuse(url: unknown, newTarget: NewTarget): object | undefined;
}

export function hookEventSource(hooks: EventSourceHooks): void {
  const Native = window.EventSource;
  const sourceUrl = getter<string>(Native.prototype, "url");
  /** Created with the first connection. */
  let connections: WeakMap<object, EventSourceConnection> | undefined;
  const wrapped: typeof EventSource = wrap(Native, {
    construct(target, args: unknown[], newTarget) {
      const own = newTarget === wrapped ? target : newTarget;
      let refused: object | undefined;
      guarded(() => {
        refused = hooks.refuse(args[0], own);
      });
      if (refused) return refused;
      const source = construct(target, args, own) as EventSource;
      guarded(() => {
        const connection = hooks.opened(source, sourceUrl(source));
        if (connection)
          (connections ??= ownMethods(new WeakMap<object, EventSourceConnection>())).set(source, connection);
      });
      return source;
    },
  });
  patchValue(window, "EventSource", () => wrapped);
  patchValue(Native.prototype, "constructor", () => wrapped);
  patchValue(Native.prototype, "close", (native: Method) =>
    wrap(native, {
      apply(target, source: EventSource, args: unknown[]) {
        const connection = connections?.get(source);
        return !connection || closesNatively(connection) ? apply(target, source, args) : undefined;
      },
    }),
  );
}

function closesNatively(connection: EventSourceConnection): boolean {
  let natively = true;
  guarded(() => {
    natively = connection.closing();
  });
  return natively;
}
