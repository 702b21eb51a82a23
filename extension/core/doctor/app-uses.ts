import type { DoctorRunModel, HubConnectionModel, RecordingModel } from "../model/types.ts";
import { addressOf } from "../protocol/addresses.ts";
import type { TransportName } from "../protocol/terms.ts";

/** What one of the app's own connections to the hub uses. */
export interface AppUse {
  readonly transport: TransportName;
  /** null: not known. */
  readonly protocol: string | null;
}

/** Each transport and protocol that the app's connections to this run's hub have used. */
export function appUses(run: DoctorRunModel, model: RecordingModel): readonly AppUse[] {
  const uses = new Map<string, AppUse>();
  for (const hub of appLanes(run, model))
    for (const { transport, openedAt } of hub.transports)
      if (openedAt !== null)
        uses.set(`${transport} ${hub.protocol ?? ""}`, { transport, protocol: hub.protocol });
  return [...uses.values()];
}

/** The app's own connections to this run's hub. */
export const appLanes = (
  { page, began }: DoctorRunModel,
  { hubs }: RecordingModel,
): readonly HubConnectionModel[] =>
  hubs.filter((hub) => hub.page === page && addressOf(hub.url) === addressOf(began.url));
