/**
 * Entry point of the relay: the background injects it into the extension's own world of a frame in which the sentinel has seen a
 * sign of SignalR. It is between the hook (in the page's world, which may be hostile) and the background (which may be stopped
 * at any time). `bridge.ts` handles the messages.
 */
import { newPageId } from "../../extension/messages/page-id.ts";
import { createBridge } from "./bridge.ts";
import { runtime } from "./runtime.ts";

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
  wake.who = who;
}
