import type { Lane } from "../model/state.ts";
import type { Place } from "./reproduction.ts";

export function placeOf({ lane: { model, page } }: { readonly lane: Lane }): Place {
  const { started, hubs } = page.model;
  const several = hubs.some(({ url }) => url !== model.url);
  return { page: started?.url ?? "", hub: several ? model.url : null };
}
