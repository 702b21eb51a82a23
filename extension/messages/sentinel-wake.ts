/**
 * How the two small scripts of every page work together: the sentinel in the page's world, `wake` in the extension's own. Both
 * are there before any page script; their events are dispatched on `performance`.
 */
import type { PageId } from "../core/ids.ts";

/** From `wake`, with the type of all further events in `detail`. The sentinel prevents it when it has taken it. */
export const SECRET_EVENT = "hubscope-secret";
/** From the sentinel, as the two scripts may come in any order. */
export const HERE_EVENT = "hubscope-here";

/** What `wake` leaves in the extension's own world for the relay and the background. */
export interface Wake {
  /** Opens the channel to the sentinel, once. */
  open(): MessagePort;
  /** Takes the hook's last events, as JSON: the page is being left. Set by the relay. */
  hearLast?: (text: string) => void;
  /** Set by the relay. */
  who?: () => FrameIdentity;
  /** The id that somebody asked for before the relay was there: that of the first recording. */
  page?: PageId;
}

/** Which document is in a frame. */
export interface FrameIdentity {
  /** Id of the current recording, or of the next one. */
  readonly page: PageId;
  readonly url: string;
  readonly origin: string;
  /** Whether the hook has seen SignalR on this page. */
  readonly active: boolean;
  /** Ids of the recordings of its workers. */
  readonly workers?: readonly PageId[];
}

declare global {
  /** Only in the extension's own world of a page with our scripts. */
  var hubscope: Wake | undefined;
}

/** To be executed in a frame, so it uses nothing from outside. @param id a new one, for a page that has none yet */
export function tellIdentity(id: PageId): FrameIdentity | undefined {
  const wake = globalThis.hubscope;
  return (
    wake &&
    (wake.who?.() ?? {
      page: (wake.page ??= id),
      url: location.href,
      origin: location.origin,
      active: false,
    })
  );
}

/** To be executed in a frame: whether it has our scripts, and they still wait for a sign of SignalR. */
export const isWaiting = (): boolean =>
  globalThis.hubscope?.hearLast === undefined && "hubscope" in globalThis;
