/** What is known of the app's own code: its mistakes with a HubConnection, and from where it calls. */
import type { AppMistake, CallSite } from "../events/app-events.ts";
import type { PageState } from "./state.ts";

/** Limits what is kept of one connection. */
const MAX = 500;

export function onAppMistake(page: PageState, event: AppMistake): void {
  const mistakes = page.byHub.get(event.hub)?.model.mistakes;
  if (!mistakes) return;
  const { t, mistake, target = null, count, error = null, stack = null } = event;
  const known = mistakes.find((one) => one.mistake === mistake && one.target === target);
  if (!known) {
    if (mistakes.length < MAX) mistakes.push({ mistake, target, count, from: t, until: t, error, stack });
    return;
  }
  // Handlers are counted at each look; everything else adds up.
  known.count = mistake === "handlers-doubled" ? count : known.count + count;
  known.until = t;
  known.error = error ?? known.error;
  known.stack = stack ?? known.stack;
}

export function onCallSite(page: PageState, event: CallSite): void {
  const { hub, method, stack } = event;
  const sites = page.byHub.get(hub)?.model.callSites;
  if (sites && sites.length < MAX) sites.push({ method, stack });
}
