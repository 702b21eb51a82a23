/** The page's EventSource, wrapped like its WebSocket: the sources are native, and our listeners come first. */
import type { SourceLink } from "../transport/event-stream.ts";
import { guarded } from "../platform/guard.ts";
import { apply, construct, getter, ownMethods, type Method, wrap } from "../platform/natives.ts";
import { patchValue } from "../platform/patches.ts";
import type { NewTarget } from "../transport/fault-hooks.ts";

export interface EventSourceHooks {
  /** @returns undefined: it is not SignalR's */
  opened(source: EventSource, url: string): SourceLink | undefined;
  /** Under a fault: what the page gets in place of a real one. */
  refuse(url: unknown, newTarget: NewTarget): object | undefined;
}

export function hookEventSource(hooks: EventSourceHooks): void {
  const Native = window.EventSource;
  const sourceUrl = getter<string>(Native.prototype, "url");
  /** Made with the first link. */
  let links: WeakMap<object, SourceLink> | undefined;
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
        const link = hooks.opened(source, sourceUrl(source));
        if (link) (links ??= ownMethods(new WeakMap<object, SourceLink>())).set(source, link);
      });
      return source;
    },
  });
  patchValue(window, "EventSource", () => wrapped);
  patchValue(Native.prototype, "constructor", () => wrapped);
  patchValue(Native.prototype, "close", (native: Method) =>
    wrap(native, {
      apply(target, source: EventSource, args: unknown[]) {
        const link = links?.get(source);
        return !link || closesNatively(link) ? apply(target, source, args) : undefined;
      },
    }),
  );
}

function closesNatively(link: SourceLink): boolean {
  let natively = true;
  guarded(() => {
    natively = link.closing();
  });
  return natively;
}
