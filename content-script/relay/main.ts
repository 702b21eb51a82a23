/**
 * Entry point of the relay: it runs in the isolated world of every frame, between the hook (in the page's world, which may be
 * hostile) and the background (which may be stopped at any time). It gives the private port to the hook; `bridge.ts` handles
 * the messages.
 */
import { newPageId } from "../../extension/messages/page-id.ts";
import { createBridge } from "./bridge.ts";
import { shakeHands } from "./handshake.ts";
import { runtime } from "./runtime.ts";

const port = shakeHands((text) => {
  bridge.hearLast(text);
});
const bridge = createBridge({
  newPage: newPageId,
  port,
  runtime,
  about: () => ({ top: window === window.top, url: location.href, origin: location.origin }),
});
