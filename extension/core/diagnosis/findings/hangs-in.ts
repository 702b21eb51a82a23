import type { Hang } from "../hang.ts";
import { ownHangs, watchdogs } from "../hangs.ts";
import type { HubHistory } from "./finding.ts";
import { oncePerLook } from "./once-per-look.ts";

const hangsByHub = oncePerLook(({ model, now, from }) => {
  const byHub = new Map<string, Hang[]>();
  for (const hang of ownHangs(watchdogs(model, now))) {
    if (hang.from < from) continue;
    const own = byHub.get(hang.hub.key);
    if (own) own.push(hang);
    else byHub.set(hang.hub.key, [hang]);
  }
  return byHub;
});

/** What waits, or waited, for too long at these connections, outside of interruptions and failed starts. */
export function hangsIn(history: HubHistory): Hang[] {
  const byHub = hangsByHub(history);
  return history.hubs.flatMap(({ key }) => byHub.get(key) ?? []);
}
