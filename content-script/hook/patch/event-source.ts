/** What the hook does at the page's EventSource. Until it is there, the sentinel watches. */
import type { EventSourceConnection } from "../transport/event-stream.ts";
import {
  apply,
  construct,
  guarded,
  ownMethods,
  sourceTraps,
  sourceUrl,
} from "../../sentinel/shared-with-hook.ts";
import type { RawEventSource } from "../../sentinel/event-source.ts";
import type { NewTarget } from "../transport/fault-hooks.ts";

export interface EventSourceHooks {
  /** @returns undefined: it is not SignalR's */
  opened(source: EventSource, url: string, raw?: RawEventSource): EventSourceConnection | undefined;
  /** With a fault: what the page gets instead of a real event source. */
  refuse(url: unknown, newTarget: NewTarget): object | undefined;
}

export interface EventSources {
  /** Takes one that the sentinel has seen. */
  adopt(raw: RawEventSource): void;
  live(): void;
}

export function hookEventSource(hooks: EventSourceHooks): EventSources {
  const connections = ownMethods(new WeakMap<object, EventSourceConnection>());
  const add = (source: EventSource, url: string, raw?: RawEventSource): void => {
    const connection = hooks.opened(source, url, raw);
    if (connection) connections.set(source, connection);
  };
  return {
    adopt(raw) {
      add(raw.source, raw.url, raw);
    },
    live() {
      sourceTraps.construct.construct = (target, args, newTarget) => {
        let refused: object | undefined;
        guarded(() => {
          refused = hooks.refuse(args[0], newTarget);
        });
        if (refused) return refused;
        const source = construct(target, args, newTarget) as EventSource;
        guarded(() => {
          add(source, sourceUrl(source));
        });
        return source;
      };
      sourceTraps.close.apply = (target, source, args) => {
        const connection = connections.get(source);
        return !connection || closesNatively(connection) ? apply(target, source, args) : undefined;
      };
    },
  };
}

function closesNatively(connection: EventSourceConnection): boolean {
  let natively = true;
  guarded(() => {
    natively = connection.closing();
  });
  return natively;
}
