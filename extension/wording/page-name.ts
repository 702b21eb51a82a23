import { placeOf } from "../core/model/hub-name.ts";
import type { PageModel } from "../core/model/types.ts";

/** A page, frame or worker itself. */
export function pageName(page: Pick<PageModel, "started">): string {
  const place = placeOf(page);
  return place === null ? "Page" : place.charAt(0).toUpperCase() + place.slice(1);
}
