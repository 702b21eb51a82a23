/** What other parts of the model need of what the browser tells. */
import type { NegotiateEnded } from "../events/events.ts";
import { originOf } from "../protocol/addresses.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { Lane } from "./state.ts";

/** Whether an address has another origin than the page. false: the page's own isn't known. */
export function isForeign({ page }: Lane, url: string): boolean {
  const own = originOf(page.model.started?.url ?? "");
  return own !== "" && own !== originOf(url);
}

/** When the token expires, by what the server's answer said. */
export const tokenEndOf = (ended: NegotiateEnded | null | undefined): EpochMilliseconds | null =>
  ended?.tokenLifetime === undefined ? null : ended.t + ended.tokenLifetime;
