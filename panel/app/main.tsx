/** The panel in the extension: in DevTools, or as a page of its own with `?tabId=`. */
import { render } from "preact";
import { followDevtoolsTheme } from "../state/devtools-theme.ts";
import { createExtensionSource, inspectedTab } from "../state/extension-source.ts";
import { createPanelState } from "../state/panel-state.ts";
import { App } from "./app.tsx";
import { Broken } from "./broken.tsx";
import "./styles.ts";

function start(host: HTMLElement): void {
  followDevtoolsTheme();
  try {
    const source = createExtensionSource(inspectedTab());
    const state = createPanelState(source);
    addEventListener("pagehide", () => {
      state.dispose();
    });
    render(<App state={state} />, host);
  } catch (error) {
    render(<Broken error={error} />, host);
  }
}

const host = document.getElementById("panel");
if (host) start(host);
