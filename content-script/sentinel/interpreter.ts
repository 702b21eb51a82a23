/** What the hook does with what the sentinel sees. The sentinel knows only these types of it. */
import type { RawEventSource } from "./event-source.ts";
import type { RawFetch } from "./fetch.ts";
import type { RawHub } from "./hub-fields.ts";
import type { RawWebSocket } from "./websocket.ts";
import type { RawXhr } from "./xhr.ts";

export interface Interpreter {
  /** Each of these sets the object's `ears`, if it is of interest. */
  socket(raw: RawWebSocket): void;
  source(raw: RawEventSource): void;
  hub(raw: RawHub): void;
  fetchBegan(raw: RawFetch): void;
  /** @param copy its body isn't read yet */
  fetched(raw: RawFetch, copy: Response): Promise<void> | undefined;
  fetchFailed(raw: RawFetch, error: unknown): void;
  xhrSent(raw: RawXhr, body: unknown): void;
  xhrEnded(raw: RawXhr, type: string): void;
  page(event: Event, now: PageNow): void;
  /** Everything is replayed. @param lost happenings for which there was no room */
  live(lost: number): void;
}

/** What a page shows at one time. */
export interface PageNow {
  readonly visible: boolean;
  readonly online: boolean;
}
