/**
 * Watches what the app's code does with one HubConnection: its handlers, what the client says about them, and from where it is
 * started and stopped. The client's methods are not replaced: each error of a call would have a frame of the extension in its
 * stack, and error trackers drop those.
 */
import type { HubId } from "../../../extension/core/ids.ts";
import { ownMethods } from "../../sentinel/shared-with-hook.ts";
import type { PageHub } from "../../sentinel/probe.ts";
import type { Recorder } from "../record/recorder.ts";
import { callStack } from "./call-stack.ts";
import { watchLog } from "./hub-log.ts";
import type { Mistakes } from "./mistakes.ts";

export interface AppWatch {
  /** Its state has changed, by what is on the stack now. */
  changed(to: unknown): void;
  release(): void;
  watch(): void;
}

/** Limits the places that are recorded, of one hub. */
const MAX_SITES = 50;

export function watchApp(hub: PageHub, id: HubId, recorder: Recorder, mistakes: Mistakes): AppWatch {
  /** Numbers of handlers that were recorded. */
  const doubled = ownMethods(new Map<string, number>());
  const sites = ownMethods(new Set<string>());
  /** start() and stop() change the state before they do anything else. */
  const noteSite = (method: "start" | "stop"): void => {
    if (sites.size >= MAX_SITES) return;
    const stack = callStack(recorder);
    const site = `${method} ${stack ?? ""}`;
    if (stack === undefined || sites.has(site)) return;
    sites.add(site);
    recorder.record({ kind: "call-site", hub: id, method, stack });
  };
  let release: (() => void) | undefined;
  const self: AppWatch = {
    changed(to) {
      if (to === "Connecting") noteSite("start");
      if (to === "Disconnecting") noteSite("stop");
      for (const [target, count] of handlersOf(hub)) {
        if (count < 2 || doubled.get(target) === count) continue;
        doubled.set(target, count);
        mistakes.note("handlers-doubled", target, { count });
      }
    },
    release() {
      release?.();
      release = undefined;
    },
    watch() {
      release ??= watchLog(hub, mistakes);
    },
  };
  self.watch();
  return self;
}

const { isArray } = Array;
const { getPrototypeOf, prototype: plain } = Object;

/** Fields with their values; a getter has none, as it is the app's and isn't run. */
const fieldsOf = (of: object): [string, unknown][] =>
  Object.entries<PropertyDescriptor>(Object.getOwnPropertyDescriptors(of)).map(([name, { value }]) => [
    name,
    value,
  ]);

const isListOfFunctions = (value: unknown): value is readonly unknown[] =>
  isArray(value) && typeof value[0] === "function";

/** The client's own table: from each target, in lower case, to the list of its handlers. Its name differs between builds. */
function handlersOf(hub: PageHub): [string, number][] {
  for (const [, field] of fieldsOf(hub)) {
    if (typeof field !== "object" || field === null || getPrototypeOf(field) !== plain) continue;
    const lists = fieldsOf(field);
    const counts = lists.flatMap(([target, list]): [string, number][] =>
      isListOfFunctions(list) ? [[target, list.length]] : [],
    );
    if (counts.length > 0 && counts.length === lists.length) return counts;
  }
  return [];
}
