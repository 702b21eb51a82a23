/** When to use the window, and when DevTools. */
import { usePanel } from "../state/panel-state.ts";

export function WindowOrDevtools() {
  const panel = usePanel();
  switch (panel.source.place) {
    case "devtools":
      return (
        <>
          Browsers never put a tab to sleep while DevTools is open on it, and its messages are slower. To test
          resilience or speed,{" "}
          <button class="link" data-testid="open-window" onClick={panel.openWindow}>
            open Hubscope in a window
          </button>{" "}
          and close DevTools.
        </>
      );
    case "window":
      return (
        <>
          This window leaves the tab as your users have it: it may go to sleep, and its messages are not
          slowed by DevTools. While you write code, Hubscope is also in DevTools (F12), in the panel SignalR.
        </>
      );
    case "page":
      return null;
  }
}
