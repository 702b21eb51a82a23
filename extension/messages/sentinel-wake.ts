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
  hearLast: ((text: string) => void) | undefined;
  /** Replaced by the relay. */
  who: () => FrameIdentity;
}

/** Which document is in a frame. */
export interface FrameIdentity {
  /** Id of the current recording, or of the next one. */
  readonly page: PageId;
  readonly url: string;
  readonly origin: string;
  /** Whether the hook has seen SignalR on this page. */
  readonly active: boolean;
}

declare global {
  /** Only in the extension's own world of a page with our scripts. */
  var hubscope: Wake | undefined;
}

/** To be executed in a frame. */
export const tellIdentity = (): FrameIdentity | undefined => globalThis.hubscope?.who();
