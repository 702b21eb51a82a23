/**
 * The way from a worker to the relay of its page: a BroadcastChannel whose name only the two know. The hook gets it as the
 * MessagePort that it has in a page.
 */
import { methodOf } from "../hook/platform/classes.ts";
import type { RelayToWorker, WorkerToRelay } from "../../extension/messages/hook-relay.ts";
import type { Link } from "../hook/record/channel.ts";
import { apply, guarded, messageData, on } from "../sentinel/shared-with-hook.ts";

const post = BroadcastChannel.prototype.postMessage;
const postToPort = methodOf("MessagePort", "postMessage");
const start = methodOf("MessagePort", "start");

/**
 * The relay may come later: what the hook says waits in the port until the relay has said something. Our first word is `hello`, to
 * which it answers `here`.
 * @param name of the channel
 */
export function linkTo(name: string): Link {
  const channel = new BroadcastChannel(name);
  const { port1, port2 } = new MessageChannel();
  let relayIsThere = false;
  const say = (message: WorkerToRelay): void => {
    apply(post, channel, [message]);
  };
  on(port2, "message", (event) => {
    guarded(() => {
      apply(post, channel, [messageData(event)]);
    });
  });
  on(channel, "message", (event) => {
    guarded(() => {
      const message = messageData(event) as RelayToWorker;
      if (!relayIsThere) apply(start, port2, []);
      relayIsThere = true;
      if (message.type === "here") say({ type: "alive" });
      else apply(postToPort, port2, [message]);
    });
  });
  say({ type: "hello" });
  return {
    whenPort(listener) {
      listener(port1);
    },
    // A worker has no last moment: it is stopped wherever it is.
    sendLastWords: () => undefined,
  };
}
