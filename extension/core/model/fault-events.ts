import type { FaultBegan, FaultEnded } from "../events/events.ts";
import type { FaultTarget } from "../faults/fault-details.ts";
import { lanesAt } from "./lanes.ts";
import { endPage } from "./page-events.ts";
import type { PageState } from "./state.ts";
import type { FaultSpan } from "./types.ts";

export function onFault(page: PageState, event: FaultBegan): void {
  const { target } = event.command;
  const fault: FaultSpan = {
    fault: event.fault,
    page: page.model.id,
    command: event.command,
    hubKey: hubKeyOf(page, target),
    plannedUntil: event.until ?? null,
    from: event.t,
    until: null,
    end: null,
    detail: null,
  };
  page.faults.set(event.fault, fault);
  page.model.faults.push(fault);
  // A discarded page can't report its end.
  if (event.command.name === "discard") endPage(page, event.t);
}

/** A fault at several connections to one hub belongs to none of their lanes. */
function hubKeyOf(page: PageState, target: FaultTarget): string | null {
  switch (target.scope) {
    case "connection":
      return page.transports.get(target.socket)?.lane.key ?? null;
    case "hub": {
      const [lane, ...others] = lanesAt(page, target.url);
      return lane && others.length === 0 ? lane.key : null;
    }
    case "page":
    case "share":
      return null;
  }
}

export function onFaultEnded(page: PageState, event: FaultEnded): void {
  const fault = page.faults.get(event.fault);
  if (!fault) return;
  fault.until = event.t;
  fault.end = event.reason;
  fault.detail = event.detail ?? null;
}
