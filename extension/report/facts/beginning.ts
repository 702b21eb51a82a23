/** What a recording says nothing of: how a connection was before it began, and what its client didn't notice. */
import { AT_ONCE } from "../../core/model/at-once.ts";
import { foundLost } from "../../core/model/found-lost.ts";
import { endOf } from "../../core/model/page-end.ts";
import type { HubConnectionModel, PageModel } from "../../core/model/types.ts";
import { counted } from "../../core/text/format.ts";
import type { ReportFacts } from "./report-facts.ts";

const MOST = 3;

/** It can't be said that a connection was there all the time where one of these is said. */
export function unseenLosses(facts: ReportFacts): string[] {
  const { pages } = facts.model;
  const found = pages.flatMap((page) => page.hubs.map((hub) => ({ hub, page })));
  const named = (some: typeof found): string =>
    [
      ...some.slice(0, MOST).map(({ hub }) => facts.names.hub(hub)),
      ...(some.length > MOST ? [counted(some.length - MOST, "more connection")] : []),
    ].join(", ");
  const reconnecting = found.filter(({ hub }) => foundLost(hub) !== null);
  const connecting = found.filter(({ hub, page }) => isFoundConnecting(hub, page));
  const unnoticed = found.filter(({ hub, page }) => isUnnoticed(hub, page));
  const what = facts.meta.isPart === true ? "This part" : "The recording";
  const be = (some: typeof found): string => (some.length > 1 ? "are" : "is");
  return [
    ...(reconnecting.length > 0
      ? [`${what} begins while ${named(reconnecting)} ${be(reconnecting)} reconnecting.`]
      : []),
    ...(connecting.length > 0
      ? [`${what} begins while ${named(connecting)} ${be(connecting)} connecting.`]
      : []),
    ...(unnoticed.length > 0
      ? [`The transport of ${named(unnoticed)} has closed, and nothing more was heard of the client.`]
      : []),
  ];
}

/** Perhaps for the first time, perhaps after a loss. */
const isFoundConnecting = ({ states: [first] }: HubConnectionModel, { started }: PageModel): boolean =>
  first?.state === "connecting" && started?.midway === true && first.from - started.t <= AT_ONCE;

/** As far as the client has said, it is connected. A page that ends closes its sockets. */
function isUnnoticed({ states, transports }: HubConnectionModel, page: PageModel): boolean {
  const closed = transports.at(-1)?.closed ?? null;
  return (
    closed !== null && states.at(-1)?.state === "connected" && closed.t + AT_ONCE < (endOf(page) ?? Infinity)
  );
}
