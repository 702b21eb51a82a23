/** The connection of a page that was loaded after another one had lost its own: a reload is a user's way to reconnect. */
import type { AttemptModel, InterruptionModel, PageModel } from "../../model/types.ts";
import type { EpochMilliseconds, Milliseconds } from "../../units.ts";
import type { Beginning } from "./steady.ts";

/** A page that is opened later is another visit. */
const AT_ONCE: Milliseconds = 10_000;

/**
 * Only for the tab's own page: which frame came back isn't known.
 * @returns null: it didn't end with its page, or no next page has connected to the same hub, as far as known
 */
export function nextPageOf(
  { outcome, hubKey, until }: InterruptionModel,
  page: PageModel,
  pages: readonly PageModel[],
): (Omit<Beginning, "knownFrom"> & { readonly attempts: readonly AttemptModel[] }) | null {
  if ((outcome !== "page-ended" && outcome !== "gave-up") || until === null) return null;
  if (page.started?.top !== true || page.endedAt === null) return null;
  const lost = page.hubs.find(({ key }) => key === hubKey);
  const next = firstAfter(page.endedAt, pages);
  const hub = next?.hubs.find(({ url, ordinal }) => url === lost?.url && ordinal === lost.ordinal);
  const since = hub?.transports.find(({ handshakeAt }) => handshakeAt !== null)?.handshakeAt;
  return next && hub && typeof since === "number" ? { hub, page: next, since, attempts: hub.attempts } : null;
}

function firstAfter(end: EpochMilliseconds, pages: readonly PageModel[]): PageModel | null {
  let first: PageModel | null = null;
  for (const page of pages) {
    const { started } = page;
    if (started?.top !== true || started.midway === true) continue;
    // It is opened a moment before the page that it replaces is unloaded.
    if (started.t < end || started.openedAt > end + AT_ONCE) continue;
    if (first?.started && first.started.t <= started.t) continue;
    first = page;
  }
  return first;
}
