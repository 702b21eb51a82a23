import browser from "webextension-polyfill";
import type { PanelToBackground } from "../messages/extension.ts";

function open(tabId: number, recordings: boolean): void {
  const message: PanelToBackground = { to: "background", type: "open-window", tabId, recordings };
  void browser.runtime.sendMessage(message).then(() => {
    close();
  });
}

/** Opens the list of all recordings in the panel. */
export const ShowRecordings = ({ tabId }: { readonly tabId: number }) => (
  <button
    class="link"
    data-testid="popup-recordings"
    onClick={() => {
      open(tabId, true);
    }}
  >
    All recordings…
  </button>
);

/** Opens the panel of that tab in a window of its own, and says where else it is. */
export function OpenHubscope({ tabId }: { readonly tabId: number }) {
  return (
    <div class="open">
      <button
        data-testid="open-window"
        onClick={() => {
          open(tabId, false);
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
