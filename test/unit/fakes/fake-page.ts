/**
 * A fake of a page's hook, as seen by its relay: it sends numbered events in batches, follows the recording mode, and passes
 * its last events synchronously when the page is left. It remembers what it has recorded.
 */
import type { RecordedEvent, RecordingEnded } from "../../../extension/core/events/events.ts";
import type { RecordMode, RelayToHook } from "../../../extension/messages/hook-relay.ts";
import type { BridgeOptions } from "../../../content-script/relay/bridge.ts";
import { START, event } from "./events.ts";

const PAGE = {
  ...{ kind: "page", url: "https://a.example/", userAgent: "a browser", openedAt: START, top: true },
  ...{ visible: true, online: true, wasDiscarded: false, navigation: "navigate" },
};

type RelaysEnd = BridgeOptions["port"];

export class FakePage {
  /** The recorded events, one list per recording. */
  readonly recordings: RecordedEvent[][] = [];
  /** The latest recording mode from the relay. */
  mode: RecordMode | undefined;
  closed = false;
  /** The relay's handler for the last events of a page. */
  lastWords: (text: string) => void = () => undefined;
  /** Messages that are under way over the port, in both directions. They aren't delivered to hidden pages. */
  readonly #onTheWay: (() => void)[] = [];
  readonly #unconfirmed = new Map<number, readonly RecordedEvent[]>();
  #seq = 0;
  #batch = 0;
  #hidden = false;
  #goesOn = false;

  readonly port: RelaysEnd = {
    onmessage: null,
    postMessage: (message: RelayToHook) => {
      this.#carry(() => {
        this.#hear(message);
      });
    },
    close: () => {
      this.closed = true;
    },
  };

  /** Sends so many messages in one batch. */
  messages(count: number): void {
    if (this.#hidden) return;
    this.#post(Array.from({ length: count }, () => ({})));
  }

  /** Sends events with these fields in one batch. */
  events(...fields: readonly object[]): void {
    if (!this.#hidden) this.#post(fields);
  }

  /** The page goes into the back/forward cache. Messages under way are not delivered meanwhile. */
  hide(): void {
    if (this.#hidden) return;
    const all = [...this.#unconfirmed.values()].flat();
    const last = this.#record([{ kind: "lifecycle", phase: "pagehide", persisted: true }]);
    this.#hidden = true;
    this.lastWords(JSON.stringify([...all, ...last]));
  }

  /** The page comes back from the cache. */
  show(): void {
    if (!this.#hidden) return;
    this.#hidden = false;
    setTimeout(this.#deliver);
    this.#post([{ kind: "lifecycle", phase: "pageshow", persisted: true }]);
  }

  #hear(message: RelayToHook): void {
    if (message.type === "got") this.#unconfirmed.delete(message.batch);
    else if (message.type === "mode") this.#switchTo(message.mode);
    else if (message.type === "start-over" && this.mode?.record !== false) {
      this.#end("too-large");
      this.#post([]);
    }
  }

  #switchTo(mode: RecordMode): void {
    const was = this.mode;
    const records = was?.record ?? true;
    const isOther = mode.record && was !== undefined && (!was.record || mode.probe !== was.probe);
    if (records && (isOther || !mode.record)) this.#end(mode.record ? "probe-switched" : "switched-off");
    this.mode = mode;
    if (isOther && this.#seq > 0) this.#post([]);
  }

  #end(reason: RecordingEnded["reason"]): void {
    if (!this.#goesOn) return;
    this.#post([{ kind: "recording-ended", reason }]);
    this.#goesOn = false;
  }

  #record(fields: readonly object[]): RecordedEvent[] {
    if (this.mode?.record === false) return [];
    const page = { ...PAGE, probe: this.mode?.probe ?? true };
    const made = [...(this.#goesOn ? [] : [page]), ...fields].map((one) => event(++this.#seq, one));
    if (!this.#goesOn) this.recordings.push([]);
    this.#goesOn = true;
    this.recordings.at(-1)?.push(...made);
    return made;
  }

  #post(fields: readonly object[]): void {
    const events = this.#record(fields);
    if (events.length === 0) return;
    const batch = ++this.#batch;
    this.#unconfirmed.set(batch, events);
    this.#carry(() => {
      const data = structuredClone({ type: "events", batch, events });
      this.port.onmessage?.call({} as MessagePort, { data } as MessageEvent);
    });
  }

  #carry(deliver: () => void): void {
    this.#onTheWay.push(deliver);
    setTimeout(this.#deliver);
  }

  readonly #deliver = (): void => {
    while (!this.#hidden && this.#onTheWay.length > 0) this.#onTheWay.shift()?.();
  };
}
