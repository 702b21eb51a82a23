/** Makes a fault's target from the choice in the panel, or says why that isn't possible. Pure. */
import type { FaultDetails, FaultScope, FaultTarget } from "../../../extension/core/faults/fault-details.ts";
import { LARGEST_SEED } from "../../../extension/core/faults/limits.ts";
import { FAULT_DETAILS, FAULTS, type FaultName } from "../../../extension/core/faults/vocabulary.ts";
import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import type { PageId } from "../../../extension/core/ids.ts";
import type { Target } from "../../state/fault-control.ts";
import { readNumber } from "../../state/numbers.ts";

export interface Reach {
  /** Only this connection, or every connection to its hub's address. */
  readonly of: "connection" | "hub";
  /** A percentage of the page's connections, as typed. */
  readonly share: { readonly percent: string; readonly seed: string } | null;
}

export type ResolvedTarget =
  | { readonly ok: true; readonly pages: readonly PageId[]; readonly target: FaultTarget }
  | { readonly ok: false; readonly why: string; readonly field?: "percent" | "seed" };

const no = (why: string, field?: "percent" | "seed"): ResolvedTarget => ({
  ok: false,
  why,
  ...(field === undefined ? {} : { field }),
});

export const scopesOf = (name: FaultName): readonly FaultScope[] => FAULT_DETAILS[name].scopes;

/** Whether the fault always affects the whole page. */
export const isPageWide = (name: FaultName): boolean => scopesOf(name).length === 1;

/** The targets that make sense for a fault. */
export const choicesFor = (name: FaultName, all: readonly Target[]): readonly Target[] =>
  isPageWide(name) ? all.filter(({ hub }) => hub === null) : all;

/** The chosen target, or its page. */
export const chosenFor = (name: FaultName, all: readonly Target[], target: Target | null): Target | null => {
  const choices = choicesFor(name, all);
  return (
    choices.find(({ key }) => key === target?.key) ??
    choices.find(({ page, frames }) => page === target?.page && frames === undefined) ??
    null
  );
};

/** Whether the fault can affect one connection, all connections to a hub, or both. */
export const reachesOf = (name: FaultName): readonly Reach["of"][] =>
  (["connection", "hub"] as const).filter((scope) => scopesOf(name).includes(scope));

export function resolveTarget(
  name: FaultName,
  all: readonly Target[],
  wanted: Target | null,
  reach: Reach,
  browser: "chromium" | "firefox",
): ResolvedTarget {
  const target = chosenFor(name, all, wanted);
  if (target === null) return no("No SignalR connection on this page.");
  const { only }: FaultDetails = FAULT_DETAILS[name];
  if (only === "Chromium" && browser !== "chromium") return no("Available in Chromium only.");
  const resolved = faultTargetOf(name, target, reach);
  if (!resolved.ok) return resolved;
  const affected = all.filter((one) => isAffected(one, target, resolved.target));
  const open = affected.filter(({ socket }) => socket !== null);
  if (FAULTS[name].needsConnection && open.length === 0)
    return no(
      target.hub === null
        ? "No open connection on this page."
        : `${target.label} has no open transport connection.`,
    );
  if (only === "WebSockets" && open.length > 0 && !open.some(({ hub }) => usesWebSocket(hub)))
    return no("Applies to WebSockets only, and none is in use there.");
  return resolved;
}

const usesWebSocket = (hub: HubConnectionModel | null): boolean =>
  hub?.transports.findLast(({ until, ghost }) => until === null && !ghost)?.transport === "WebSockets";

function isAffected({ hub, page, key }: Target, chosen: Target, target: FaultTarget): boolean {
  if (hub === null || !(chosen.frames ?? [chosen.page]).includes(page)) return false;
  switch (target.scope) {
    case "page":
    case "share":
      return true;
    case "hub":
      return hub.url === target.url;
    case "connection":
      return key === chosen.key;
  }
}

function faultTargetOf(
  name: FaultName,
  { page, frames, hub, socket, label }: Target,
  reach: Reach,
): ResolvedTarget {
  const scopes = scopesOf(name);
  // Faults of the browser itself affect the whole tab.
  const pages = frames && FAULTS[name].emulated ? frames : [page];
  if (hub === null) {
    if (reach.share === null || !scopes.includes("share"))
      return { ok: true, pages, target: { scope: "page" } };
    const percent = readNumber(reach.share.percent);
    if (percent === null || percent <= 0 || percent > 100) return no("Above 0 and at most 100.", "percent");
    const seed = readNumber(reach.share.seed);
    if (seed === null || !Number.isInteger(seed) || seed < 0 || seed > LARGEST_SEED)
      return no("A whole number from 0 to 4,294,967,295.", "seed");
    return { ok: true, pages, target: { scope: "share", percent, seed } };
  }
  if (reach.of === "connection" && scopes.includes("connection"))
    return socket === null
      ? no(`${label} has no open transport connection.`)
      : { ok: true, pages, target: { scope: "connection", socket } };
  return { ok: true, pages, target: { scope: "hub", url: hub.url } };
}
