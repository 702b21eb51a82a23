/**
 * The relay: runs in the isolated world of every frame, between the hook (hostile surroundings) and the background (may be
 * stopped at any time). It hands the private port to the hook; what goes on over it is in `bridge.ts`.
 */
import { createBridge } from "./bridge.ts";
import { meetHook } from "./handshake.ts";
import { runtime } from "./runtime.ts";

const port = meetHook((text) => {
  bridge.hearLast(text);
});
const bridge = createBridge({
  newPage: randomId,
  port,
  runtime,
  about: () => ({ top: window === window.top, url: location.href, origin: location.origin }),
});

/** `crypto.randomUUID` is missing on http pages. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
