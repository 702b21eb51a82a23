/** What pages and hub connections are called where several are told apart. Pure. */
import { pathOf } from "../core/protocol/addresses.ts";
import type { HubConnectionModel, PageModel, RecordingModel } from "../core/model/types.ts";

/** A hub connection by its path, a page by what it is; in a frame or a worker with its own path. */
export type NameOf = (one: HubConnectionModel | PageModel) => string;

export function namesIn({ pages }: Pick<RecordingModel, "pages">): NameOf {
  const frameOf = ({ started }: PageModel): string =>
    started && !started.top ? `${started.worker ? "worker" : "frame"} ${pathOf(started.url)}` : "";
  return (one) => {
    if (!("page" in one)) return capitalized(frameOf(one)) || "Page";
    const page = pages.find(({ id }) => id === one.page);
    const frame = page ? frameOf(page) : "";
    return frame === "" ? one.path : `${one.path} (${frame})`;
  };
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
