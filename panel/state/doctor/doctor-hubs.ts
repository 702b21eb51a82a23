/** The hubs that the connection doctor can be run on. Pure. */
import { placeOf } from "../../../extension/core/model/hub-name.ts";
import { takesFaults } from "../../../extension/core/model/page-end.ts";
import type { HubConnectionModel, PageModel, RecordingModel } from "../../../extension/core/model/types.ts";
import type { PageId } from "../../../extension/core/ids.ts";

/** A hub's address in one page: however many connections that page has to it. */
export interface DoctorHub {
  readonly key: string;
  readonly page: PageId;
  readonly url: string;
  /** "/hubs/chat (frame /widget)". */
  readonly label: string;
  /** Its connections. */
  readonly hubs: readonly HubConnectionModel[];
}

/** Those with an open connection first, and of these the newest. */
export function doctorHubs({ pages }: RecordingModel): readonly DoctorHub[] {
  const all = pages.filter(takesFaults).flatMap(ofPage);
  return all.sort((a, b) => rank(b) - rank(a));
}

function ofPage(page: PageModel): DoctorHub[] {
  const place = placeOf(page);
  return [...new Set(page.hubs.map(({ url }) => url))].map((url) => {
    const hubs = page.hubs.filter((hub) => hub.url === url);
    return {
      key: `${page.id} ${url}`,
      page: page.id,
      url,
      label: `${hubs[0]?.path ?? url}${place === null ? "" : ` (${place})`}`,
      hubs,
    };
  });
}

/** When its newest open connection was opened; before all those if there is none. */
function rank({ hubs }: DoctorHub): number {
  const open = hubs.flatMap(({ transports }) =>
    transports.flatMap(({ until, ghost, from }) => (until === null && !ghost ? [from] : [])),
  );
  return Math.max(-Infinity, ...open);
}

/** Names of the hub's methods that were seen called, in the order of their first call. */
export function methodsOf(hubs: readonly HubConnectionModel[]): readonly string[] {
  const names = hubs.flatMap(({ calls }) =>
    calls.flatMap(({ direction, target }) => (direction === "out" ? [target] : [])),
  );
  return [...new Set(names)];
}
