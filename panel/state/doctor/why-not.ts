/** Why the connection doctor can't run. */
import type { Ending } from "../is-over.ts";
import type { PanelState } from "../panel-state.ts";

const GONE: Readonly<Record<Ending["why"], string>> = {
  left: "The page unloaded: the doctor can run once the next page uses SignalR.",
  "switched-off": "Recording was turned off: turn it on to run the doctor.",
  "probe-switched": "The client probe was turned on or off: run the doctor in the next recording.",
  "too-large": "This recording became too large: run the doctor in the next recording.",
  "tab-closed": "The tab was closed: there is no page to run it in.",
  unreachable: "The page can't be reached.",
  discarded: "The browser discarded the tab.",
};

type Known = Pick<PanelState, "shown" | "isLive" | "live" | "ending" | "loaded">;

/**
 * @param hubs how many it could be run on
 * @returns null: it can
 */
export function whyNoDoctor({ shown, isLive, live, ending, loaded }: Known, hubs: number): string | null {
  if (shown.value?.imported != null)
    return "This is a recording from a file: there is no page to run the doctor in.";
  if (shown.value !== null && !isLive.value)
    return shown.value.id === live.value?.id && ending.value
      ? GONE[ending.value.why]
      : "This is an earlier recording: the doctor runs in the live page only.";
  if (hubs > 0) return null;
  return loaded.value?.model.pages.some(({ started }) => started?.worker !== undefined) === true
    ? "The doctor can't run in a worker."
    : "No SignalR connection on this page.";
}
