/** The panel in the extension: in DevTools, or in a window of its own. */
import { render } from "preact";
import { followDevtoolsTheme } from "../state/devtools-theme.ts";
import { createExtensionSource } from "../state/extension-source.ts";
import { createPanelState } from "../state/panel-state.ts";
import { App } from "./app.tsx";
import { Broken } from "./broken.tsx";
import "./styles.ts";

async function start(host: HTMLElement): Promise<void> {
  followDevtoolsTheme();
  try {
    const state = createPanelState(await createExtensionSource());
    addEventListener("pagehide", () => {
      state.dispose();
    });
    render(<App state={state} />, host);
  } catch (error) {
    render(<Broken error={error} />, host);
  }
}

const host = document.getElementById("panel");
if (host) void start(host);
