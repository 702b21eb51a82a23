/**
 * `runtime` messaging for the relay, which runs on every page and frame: these few lines replace the polyfill, which would be
 * most of the code that a page without SignalR loads. Both browsers answer with promises; an answer that comes later goes
 * through `sendResponse`, which both understand (Chromium ignores a promise returned by the listener).
 */
import type { Runtime as Browser } from "webextension-polyfill";
import type { BackgroundAnswer, ToBackground } from "../../extension/messages/extension.ts";

interface Api {
  readonly id?: string;
  readonly sendMessage: <M extends ToBackground>(message: M) => Promise<BackgroundAnswer<M>>;
  readonly onMessage: {
    addListener(
      listener: (
        message: unknown,
        sender: Browser.MessageSender,
        sendResponse: (answer: unknown) => void,
      ) => boolean,
    ): void;
  };
}

/** The relay's connection to the background. */
export interface Runtime {
  /** Rejects when there is no background; undefined: it doesn't answer. */
  send<M extends ToBackground>(message: M): Promise<BackgroundAnswer<M>>;
  /** The listener answers with a promise, or with undefined for a message that isn't its own. */
  onMessage(listener: (message: unknown) => Promise<unknown> | undefined): void;
  /** False once the extension was reloaded, updated, disabled or removed: content scripts stay in the page without it. */
  isAlive(): boolean;
}

const scope = globalThis as unknown as { browser?: { runtime: Api }; chrome?: { runtime: Api } };
// Chromium has no `browser`; a page element with that id isn't visible in the isolated world.
const api = (scope.browser?.runtime ?? scope.chrome?.runtime) as Api;

export const runtime: Runtime = {
  async send(message) {
    return api.sendMessage(message);
  },
  onMessage(listener) {
    api.onMessage.addListener((message, _sender, sendResponse) => {
      const answer = listener(message);
      if (!answer) return false;
      void answer.then(sendResponse, () => {
        sendResponse(undefined);
      });
      return true;
    });
  },
  isAlive() {
    try {
      return api.id !== undefined;
    } catch {
      return false; // "Extension context invalidated."
    }
  },
};
