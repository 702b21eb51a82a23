/**
 * An app may create a new HubConnection for each try, as Blazor does: while a lane has lost its connection, a new HubConnection
 * for the same hub is that lane's next try, as it is without the client probe. Two open connections are two lanes.
 */
import type { HubFound } from "../events/events.ts";
import type { HubState } from "../protocol/terms.ts";
import type { HubId } from "../ids.ts";
import type { EpochMilliseconds } from "../units.ts";
import { expectTry, isBetweenTries } from "./circuits.ts";
import { addLane, lanesAt, setState } from "./lanes.ts";
import type { Lane, PageState } from "./state.ts";

export function onHub(page: PageState, event: HubFound): void {
  page.found.set(event.hub, event);
  // Its start will show whether it is another connection or the next try.
  if (event.state === undefined && lostLane(page, event.url)) return;
  const lane = addLane(page, event.url, event);
  if (event.state !== undefined) findInState(lane, event.state, event);
}

/** It existed when the recording began, in this state. How it got there isn't known, so it has no attempt or interruption. */
function findInState(lane: Lane, state: HubState, { t, connectionId }: HubFound): void {
  switch (state) {
    case "Connected":
      lane.model.connectionId = connectionId ?? null;
      setState(lane, "connected", t, "client");
      return;
    case "Connecting":
    case "Reconnecting":
      setState(lane, state === "Connecting" ? "connecting" : "reconnecting", t, "client");
      return;
    case "Disconnecting":
      lane.stopping = true;
      return;
    case "Disconnected":
      return;
  }
}

/** The lane of a HubConnection that starts. */
export function laneOfStart(page: PageState, hub: HubId, t: EpochMilliseconds): Lane | null {
  const known = page.byHub.get(hub);
  if (known?.hub === hub) return known;
  const found = page.found.get(hub);
  if (!found) return null;
  const lost = known && isLost(known) ? known : lostLane(page, found.url);
  if (!lost) return addLane(page, found.url, found);
  takeOver(lost, found, t);
  page.byHub.set(hub, lost);
  return lost;
}

/** The lane of a HubConnection. null: it has none, or a newer HubConnection has replaced it. */
export function laneOf(page: PageState, hub: HubId): Lane | null {
  const lane = page.byHub.get(hub);
  return lane?.hub === hub ? lane : null;
}

/**
 * Its client has stopped trying, though the app wanted a connection; or Blazor has paused its circuit; or it was like that when
 * the recording began, and nothing is known of it.
 */
function isLost(lane: Lane): boolean {
  const { hub, state, interruption, failedStart, model, page } = lane;
  if (hub === null) return false;
  if (state === "disconnected")
    return (
      interruption !== null ||
      failedStart !== null ||
      (page.found.get(hub)?.state !== undefined && model.attempts.length === 0)
    );
  return isBetweenTries(lane) || (model.circuit !== null && (state === "paused" || state === "stopped"));
}

function lostLane(page: PageState, url: string): Lane | null {
  return lanesAt(page, url).find(isLost) ?? null;
}

function takeOver(lane: Lane, found: HubFound, t: EpochMilliseconds): void {
  const { model, interruption } = lane;
  lane.hub = found.hub;
  model.hub = found.hub;
  model.serverTimeout = found.serverTimeout;
  model.keepAliveInterval = found.keepAliveInterval;
  model.hasReconnectPolicy = found.hasReconnectPolicy;
  if (!interruption) return;
  interruption.byNewConnection = true;
  // As without the probe: the try shows what the time since the loss was.
  if (model.circuit && interruption.outcome === "ongoing" && lane.state === "disconnected")
    expectTry(lane, t);
  interruption.outcome = "ongoing";
}
