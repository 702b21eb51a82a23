/**
 * What pages, frames, workers and hub connections are called in a report, which may have many of each: no two of one recording have the
 * same name.
 */
import { hostOf, pathOf } from "../../core/protocol/addresses.ts";
import { hubName } from "../../core/model/hub-name.ts";
import type { HubConnectionModel, PageModel, RecordingModel } from "../../core/model/types.ts";
import { shortened } from "../../core/text/shortened.ts";
import { visibleText } from "../../core/text/visible-text.ts";

const LONGEST = 120;

export interface ReportNames {
  /** "page", "page 2", "frame /widget", "worker chat.example/worker.js #2". */
  page(page: PageModel): string;
  /** "/hubs/chat", "/hubs/chat #2 (frame /widget)". */
  hub(hub: HubConnectionModel): string;
}

/** Of its server: names have only the path. */
export const hubAddress = ({ url }: Pick<HubConnectionModel, "url">): string =>
  shortened(visibleText(url), LONGEST);
export const hubHost = ({ url }: Pick<HubConnectionModel, "url">): string =>
  shortened(visibleText(hostOf(url)), LONGEST);

export function namesIn({ pages }: Pick<RecordingModel, "pages">): ReportNames {
  const top = pages.filter((page) => isTop(page));
  const host = hostOf(top[0]?.started?.url ?? "");
  const counts = new Map<string, number>();
  const names = new Map<PageModel["id"], string>();
  for (const page of pages) {
    const name = isTop(page) ? "page" : placeIn(page, host);
    const number = (counts.get(name) ?? 0) + 1;
    counts.set(name, number);
    names.set(page.id, number === 1 ? name : `${name} ${isTop(page) ? number : `#${number}`}`);
  }
  const nameOf = ({ id }: Pick<PageModel, "id">): string => names.get(id) ?? "page";
  return {
    page: nameOf,
    hub(hub) {
      const own = nameOf({ id: hub.page });
      const place = own === "page" ? null : own;
      return shortened(visibleText(hubName({ ...hub, place })), LONGEST);
    },
  };
}

const isTop = ({ started }: PageModel): boolean => started === null || started.top;

function placeIn({ started }: PageModel, host: string): string {
  const url = started?.url ?? "";
  const where = hostOf(url) === host ? pathOf(url) : `${hostOf(url)}${pathOf(url)}`;
  return shortened(`${started?.worker ? "worker" : "frame"} ${visibleText(where)}`, LONGEST);
}
