import browser from "webextension-polyfill";
import type { PanelToBackground } from "../messages/extension.ts";

/** Opens the panel of that tab in a window of its own, and says where else it is. */
export function OpenHubscope({ tabId }: { readonly tabId: number }) {
  return (
    <div class="open">
      <button
        data-testid="open-window"
        onClick={() => {
          const message: PanelToBackground = { to: "background", type: "open-window", tabId };
          void browser.runtime.sendMessage(message).then(() => {
            close();
          });
        }}
      >
        Open Hubscope
      </button>
      <p>
        Opens in its own window. Also in DevTools: press <kbd>F12</kbd>, then choose <b>SignalR</b>.
      </p>
    </div>
  );
}
