/**
 * The relay: runs in the isolated world of every frame, between the hook (hostile surroundings) and the background (may be
 * stopped at any time). It hands the private port to the hook; what goes on over it is in `bridge.ts`.
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
