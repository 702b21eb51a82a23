/** What hub connections are called wherever they are named. */
import { pathOf } from "../protocol/addresses.ts";
import type { HubConnectionModel, PageModel } from "./types.ts";

/** "frame /widget", "worker /chat.js". null: the page itself, as far as known. */
export const placeOf = ({ started }: Pick<PageModel, "started">): string | null =>
  started === null || started.top ? null : `${started.worker ? "worker" : "frame"} ${pathOf(started.url)}`;

/** "/hubs/chat"; "/hubs/chat #2" if the page has more than one to that hub; with its frame or worker, if it is in one. */
export const hubName = ({
  path,
  ordinal,
  alike,
  place,
}: Pick<HubConnectionModel, "path" | "ordinal" | "alike" | "place">): string =>
  `${path}${alike.count > 1 ? ` #${ordinal}` : ""}${place === null ? "" : ` (${place})`}`;
