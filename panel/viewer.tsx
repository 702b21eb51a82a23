/** The panel as a plain page on recordings that `npx hubscope view` serves: see extension/cli/view. */
import reportStyle from "hubscope:report-style";
import { render } from "preact";
import { isObject } from "../extension/core/is-object.ts";
import { App } from "./app/app.tsx";
import { createMemorySource } from "./state/memory-source.ts";
import { createPanelState } from "./state/panel-state.ts";
import { followSystemTheme } from "./state/theme.ts";
import "./app/styles.ts";
import "./viewer.css";

/** Defined by the build. */
declare const hubscopeVersion: string;

followSystemTheme();
const source = createMemorySource({
  reportStyle,
  hubscope: hubscopeVersion,
  pretends: "This page shows recordings from files: there is no tab in which something could be tried.",
});
const state = createPanelState(source);

const host = document.getElementById("panel");
if (host) render(<App state={state} />, host);

try {
  const names = namesIn(await (await fetch("recordings")).json());
  document.title = `${names.join(", ")} – Hubscope`;
  const files = await Promise.all(
    names.map(async (name, i) => {
      const answer = await fetch(`recordings/${i}`);
      if (!answer.ok) throw new Error(`${name} can't be read: ${await answer.text()}`);
      return new File([await answer.blob()], name);
    }),
  );
  await state.transfer.import(files);
} catch (error) {
  const why = error instanceof Error ? error.message : String(error);
  state.notices.show({
    tone: "bad",
    text: `The recordings can't be loaded: ${why}. Is "hubscope view" still running?`,
  });
}

function namesIn(answer: unknown): readonly string[] {
  const names = isObject(answer) ? answer["names"] : undefined;
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}
