/** When to use the window, and when DevTools. */
import { usePanel } from "../state/panel-state.ts";

export function WindowOrDevtools() {
  const panel = usePanel();
  switch (panel.source.place) {
    case "devtools":
      return (
        <>
          Browsers never put a tab to sleep while DevTools is open on it, and DevTools records each of its
          messages, too. To test resilience or speed,{" "}
          <button class="link" data-testid="open-window" onClick={panel.openWindow}>
            open Hubscope in a window
          </button>{" "}
          and close DevTools.
        </>
      );
    case "window":
      return (
        <>
          This window leaves the tab as your users have it: it isn't inspected, and browsers may put it to
          sleep. While you write code, Hubscope is also in DevTools (F12), in the panel SignalR.
        </>
      );
    case "page":
      return null;
  }
}
