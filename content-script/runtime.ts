/**
 * `runtime` messaging for the relay, which runs on every page and frame: these few lines in place of the polyfill, which
 * would be most of what a page without SignalR loads. Both browsers answer with promises; an answer that comes later goes
 * through `sendResponse`, which both understand (Chromium ignores a promise returned by the listener).
 */
import type { Runtime } from "webextension-polyfill";

interface Api {
  readonly sendMessage: (message: unknown) => Promise<unknown>;
  readonly onMessage: {
    addListener(
      listener: (
        message: unknown,
        sender: Runtime.MessageSender,
        sendResponse: (answer: unknown) => void,
      ) => boolean,
    ): void;
  };
}

const scope = globalThis as unknown as { browser?: { runtime: Api }; chrome?: { runtime: Api } };
// Chromium has no `browser`; a page element with that id can't get into the isolated world.
const runtime = (scope.browser?.runtime ?? scope.chrome?.runtime) as Api;

export const sendMessage = (message: unknown): Promise<unknown> => runtime.sendMessage(message);

/** The listener answers with a promise, or with undefined for a message that isn't its own. */
export function onMessage(listener: (message: unknown) => Promise<unknown> | undefined): void {
  runtime.onMessage.addListener((message, _sender, sendResponse) => {
    const answer = listener(message);
    if (!answer) return false;
    void answer.then(sendResponse, () => {
      sendResponse(undefined);
    });
    return true;
  });
}
