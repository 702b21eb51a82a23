/** Watches what the app's code does with one HubConnection: its calls, its handlers, and what the client says about both. */
import type { HubId } from "../../../extension/core/ids.ts";
import { omitUndefined } from "../../../extension/core/omit-undefined.ts";
import { ownMethods } from "../../sentinel/shared-with-hook.ts";
import type { PageHub } from "../../sentinel/probe.ts";
import { cleanName } from "../record/clean-envelope.ts";
import type { Recorder } from "../record/recorder.ts";
import { callStack } from "./call-stack.ts";
import { hearCalls, type HubMethod } from "./hub-calls.ts";
import { watchLog } from "./hub-log.ts";
import type { Mistakes } from "./mistakes.ts";

export interface AppWatch {
  /** Looks at the handlers: how many there are for each target. */
  look(): void;
  release(): void;
  watch(): void;
}

/** Limits the places of calls that are recorded, of one hub. */
const MAX_SITES = 200;
/** Limits how often a stack is made for one target: it takes some microseconds. */
const MAX_STACKS = 20;

export function watchApp(hub: PageHub, id: HubId, recorder: Recorder, mistakes: Mistakes): AppWatch {
  /** Numbers of handlers that were recorded. */
  const doubled = ownMethods(new Map<string, number>());
  const sites = ownMethods(new Set<string>());
  const stacks = ownMethods(new Map<string, number>());
  const noteSite = (method: HubMethod, target: unknown): string | undefined => {
    const name = typeof target === "string" && method !== "start" && method !== "stop" ? target : undefined;
    const key = `${method} ${name ?? ""}`;
    const made = stacks.get(key) ?? 0;
    if (made >= MAX_STACKS || sites.size >= MAX_SITES) return undefined;
    const stack = callStack(recorder);
    if (stack === undefined) return undefined;
    stacks.set(key, made + 1);
    const site = `${key} ${stack}`;
    if (sites.has(site)) return stack;
    sites.add(site);
    const clean = name === undefined ? undefined : cleanName(name, recorder.tokens.texts);
    recorder.record({ kind: "call-site", hub: id, method, stack, ...omitUndefined({ target: clean }) });
    return stack;
  };
  const hear = (method: HubMethod, target: unknown): void => {
    const { state } = hub;
    const stack = noteSite(method, target);
    if (method === "start") {
      if (state !== "Disconnected") mistakes.note("started-twice", undefined, { stack });
    } else if (method !== "stop" && state !== "Connected") mistakes.note("not-connected", target, { stack });
  };
  let releases: (() => void)[] | undefined;
  const self: AppWatch = {
    look() {
      for (const [target, count] of handlersOf(hub)) {
        if (count < 2 || doubled.get(target) === count) continue;
        doubled.set(target, count);
        mistakes.note("handlers-doubled", target, { count });
      }
    },
    release() {
      for (const release of releases ?? []) release();
      releases = undefined;
    },
    watch() {
      releases ??= [watchLog(hub, mistakes), hearCalls(hub, hear)];
    },
  };
  self.watch();
  return self;
}

const { isArray } = Array;

/** The client's own table: from each target, in lower case, to the list of its handlers. Its name differs between builds. */
function handlersOf(hub: PageHub): [string, number][] {
  for (const field of Object.values(hub) as unknown[]) {
    if (typeof field !== "object" || field === null || isArray(field)) continue;
    const lists = Object.entries(field);
    const isTable =
      lists.length > 0 && lists.every(([, list]) => isArray(list) && typeof list[0] === "function");
    if (isTable) return lists.map(([target, list]) => [target, (list as unknown[]).length]);
  }
  return [];
}
