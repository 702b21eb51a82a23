/** What pages and hub connections are called where several are told apart. Pure. */
import { pathOf } from "../core/protocol/addresses.ts";
import type { HubConnectionModel, PageModel, RecordingModel } from "../core/model/types.ts";

/** A hub connection by its path, a page by what it is; in a frame with the frame's own path. */
export type NameOf = (one: HubConnectionModel | PageModel) => string;

export function namesIn({ pages }: Pick<RecordingModel, "pages">): NameOf {
  const frameOf = ({ started }: PageModel): string =>
    started && !started.top ? `frame ${pathOf(started.url)}` : "";
  return (one) => {
    if (!("page" in one)) return frameOf(one).replace("frame", "Frame") || "Page";
    const page = pages.find(({ id }) => id === one.page);
    const frame = page ? frameOf(page) : "";
    return frame === "" ? one.path : `${one.path} (${frame})`;
  };
}
