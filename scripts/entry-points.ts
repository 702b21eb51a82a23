import { existsSync } from "node:fs";
import path from "node:path";
import type { InjectedScript } from "./injected-script.ts";

/** What the extension is built from: the source, and its name in the build without the suffix. */
export interface EntryPoint {
  in: string;
  out: string;
  /** Its HTML page loads it as an ES module, so that it can be in several chunks. */
  modules?: true;
  /** In every page and frame, with or without SignalR. */
  everyPage?: true;
  /** Injected into a page whose scripts have run, and passed to the script before it: see injected-script.ts. */
  injected?: InjectedScript;
  /** Put in front of the scripts of workers, in Firefox only: see worker-script.ts. */
  inWorker?: true;
}

/** Paths are relative to the project; esbuild picks the loader by suffix, HTML and PNG files are copied as they are. */
const entryPoints: readonly EntryPoint[] = [
  { in: "content-script/sentinel/main.ts", out: "sentinel", everyPage: true },
  { in: "content-script/wake/main.ts", out: "wake", everyPage: true },
  { in: "content-script/hook/main.ts", out: "hook", injected: "hook" },
  { in: "content-script/faults/main.ts", out: "faults", injected: "faults" },
  { in: "content-script/doctor/main.ts", out: "doctor", injected: "doctor" },
  { in: "content-script/relay/main.ts", out: "relay" },
  { in: "content-script/worker/main.ts", out: "worker", inWorker: true },
  { in: "extension/background/main.ts", out: "background" },
  { in: "extension/devtools/devtools.html", out: "devtools" },
  { in: "extension/devtools/devtools.ts", out: "devtools" },
  { in: "panel/app/panel.html", out: "panel" },
  { in: "panel/app/main.tsx", out: "panel", modules: true },
  { in: "panel/state/file-worker.ts", out: "file-worker" },
  { in: "panel/state/messages/search-worker.ts", out: "search-worker" },
  { in: "panel/state/simulator/herd-worker.ts", out: "herd-worker" },
  { in: "extension/popup/popup.html", out: "popup" },
  { in: "extension/popup/popup.tsx", out: "popup" },
  { in: "extension/waiting/waiting.html", out: "waiting" },
  { in: "extension/waiting/waiting.ts", out: "waiting" },
  { in: "extension/icons/hubscope-16.png", out: "icons/hubscope-16" },
  { in: "extension/icons/hubscope-32.png", out: "icons/hubscope-32" },
  { in: "extension/icons/hubscope-48.png", out: "icons/hubscope-48" },
  { in: "extension/icons/hubscope-128.png", out: "icons/hubscope-128" },
];

/** Splits the entry points into existing and missing ones. */
export function findEntryPoints(root: string): { present: EntryPoint[]; missing: EntryPoint[] } {
  const present: EntryPoint[] = [];
  const missing: EntryPoint[] = [];
  for (const entry of entryPoints) {
    (existsSync(path.join(root, entry.in)) ? present : missing).push(entry);
  }
  return { present, missing };
}
