/**
 * Entry point of Hubscope inside a worker: sentinel and hook in one. The background puts it in front of the worker's own script
 * while that is loaded (`extension/background/worker-scripts.ts`). Its errors never reach the worker.
 */
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import type { WorkerKind } from "../../extension/core/events/events.ts";
import { frames } from "../hook/client/call-stack.ts";
import { openChannel, type Channel } from "../hook/record/channel.ts";
import { startHook } from "../hook/hook.ts";
import { fetchTrap } from "../sentinel/fetch.ts";
import { getPrototypeOf, nativeDescriptor } from "../sentinel/platform/natives.ts";
import { patchMethod } from "../sentinel/platform/patches.ts";
import { startSentinel } from "../sentinel/sentinel.ts";
import { linkTo } from "./link.ts";

/** Arguments of the function that the build puts around the bundle. */
declare const hubscopeChannel: string;
declare const hubscopeKind: WorkerKind;
/** Of that function and its call: as far as the first line is ours. */
declare const hubscopeLength: number;

/** In a window it is the global's own. */
function patchInheritedFetch(): void {
  let owner = getPrototypeOf(globalThis);
  while (owner && !nativeDescriptor(owner, "fetch")) owner = getPrototypeOf(owner);
  if (owner) patchMethod(owner, "fetch", fetchTrap);
}

const asWorker = (event: RecordedEvent): RecordedEvent =>
  event.kind === "page" ? { ...event, worker: hubscopeKind } : event;

const sayingSo = (channel: Channel): Channel => ({
  get idle() {
    return channel.idle;
  },
  send(events, length) {
    // No map(): the worker's code may have replaced it.
    const said: RecordedEvent[] = [];
    for (const event of events) said[said.length] = asWorker(event);
    channel.send(said, length);
  },
  sendNow: channel.sendNow,
  reply: channel.reply,
  onMessage: channel.onMessage,
});

/** They have the address of the worker's script, and are at the beginning of its first line. */
frames.areOurs = (line) => {
  const [, column = Infinity] = /:1:(\d+)$/.exec(line) ?? [];
  return Number(column) <= hubscopeLength;
};

try {
  const { probe, takeOver } = startSentinel();
  patchInheritedFetch();
  takeOver(() => startHook(sayingSo(openChannel(linkTo(hubscopeChannel))), probe).interpreter);
} catch {
  // The worker stays as it is.
}
