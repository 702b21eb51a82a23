/**
 * Entry point of the relay: the background injects it into the extension's own world of a frame in which the sentinel has seen a
 * sign of SignalR. It is between the hook (in the page's world, which may be hostile) and the background (which may be stopped
 * at any time). `bridge.ts` handles the messages.
 */
import { newPageId } from "../../extension/messages/page-id.ts";
import { createBridge } from "./bridge.ts";
import { runtime } from "./runtime.ts";
import { listenForWorkers } from "./workers.ts";

const wake = globalThis.hubscope;
// It may be injected twice.
if (wake && !wake.hearLast) {
  let first: string | undefined = wake.page;
  const { hearLast, who } = createBridge({
    newPage() {
      const page = first ?? newPageId();
      first = undefined;
      return page;
    },
    port: wake.open(),
    runtime,
    about: () => ({ top: window === window.top, url: location.href, origin: location.origin }),
  });
  wake.hearLast = hearLast;
  const workers = listenForWorkers({
    runtime,
    open: (name) => new BroadcastChannel(name),
    origin: location.origin,
  });
  wake.who = () => ({ ...who(), workers: workers.pages() });
  const moved = ({ isTrusted, type, persisted }: PageTransitionEvent): void => {
    if (isTrusted) workers.moved(type === "pagehide" ? type : "pageshow", persisted);
  };
  addEventListener("pagehide", moved, true);
  addEventListener("pageshow", moved, true);
}
