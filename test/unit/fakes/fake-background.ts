/** A fake background for a relay: stores the received events, and fails when a test asks for it. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { sizeOfEvents } from "../../../extension/core/events/event-size.ts";
import { payloadSize } from "../../../extension/core/events/payload.ts";
import type { RecordMode } from "../../../extension/messages/hook-relay.ts";
import type {
  AppendAnswer,
  BackgroundAnswer,
  RelayToBackground,
  ToBackground,
} from "../../../extension/messages/extension.ts";
import type { Runtime } from "../../../content-script/relay/runtime.ts";

export const MODE: RecordMode = {
  record: true,
  payloads: true,
  payloadCap: 64 * 1024,
  probe: true,
  flightRecorderRate: 20,
};

/** Chromium's limit for one message. */
const LIMIT = 64 * 1024 * 1024;

/** A cheap check before the exact one: JSON needs at most six characters for one of a text. */
const mayExceedLimit = (events: readonly RecordedEvent[]): boolean =>
  events.reduce((sum, one) => sum + 10_000 + 6 * payloadSize(one), 0) > LIMIT;

export interface FakeBackground {
  readonly runtime: Runtime;
  readonly stored: RecordedEvent[];
  /** All received messages, rejected or not. */
  readonly sent: RelayToBackground[];
  mode: RecordMode;
  full: boolean;
  alive: boolean;
  /** Decides for each append with events: "store" it, "lose" it, or store it and lose the "answer". */
  fate: (message: RelayToBackground) => "store" | "lose" | "answer";
  /** The background no longer answers anything. */
  down: boolean;
  loadsFaults: boolean;
  say(message: object): Promise<unknown> | undefined;
}

export function fakeBackground(): FakeBackground {
  let listener: (message: unknown) => Promise<unknown> | undefined = () => undefined;
  /** The highest stored seq of each page. */
  const highest = new Map<string, number>();
  const receive = async (given: ToBackground): Promise<unknown> => {
    await Promise.resolve();
    if (!self.alive) throw new Error("Extension context invalidated.");
    if (self.down) throw new Error("Could not establish connection.");
    const message = given as RelayToBackground;
    if ((message.type as string) === "load-tool") return self.loadsFaults;
    if (mayExceedLimit(message.events) && sizeOfEvents(message.events) > LIMIT)
      throw new Error("Message length exceeded maximum allowed length.");
    self.sent.push(message);
    const upTo = (): number => highest.get(message.page) ?? 0;
    const store = (event: RecordedEvent): void => {
      self.stored.push(event);
      highest.set(message.page, event.seq);
    };
    if (message.events.length === 0) return { upTo: upTo(), mode: self.mode } satisfies AppendAnswer;
    if (!self.mode.record) {
      // Like the real background, it knows only pages of which it has stored something.
      const ends = message.events.filter(({ kind }) => kind === "recording-ended");
      if (highest.has(message.page)) ends.forEach(store);
      return { upTo: upTo(), mode: self.mode } satisfies AppendAnswer;
    }
    if (self.full) return { upTo: upTo(), mode: self.mode, full: true } satisfies AppendAnswer;
    const fate = self.fate(message);
    if (fate === "lose") throw new Error("The message port closed before a response was received.");
    for (const event of message.events) if (event.seq > upTo()) store(event);
    if (fate === "answer") throw new Error("The message port closed before a response was received.");
    return { upTo: upTo(), mode: self.mode } satisfies AppendAnswer;
  };
  const self: FakeBackground = {
    stored: [],
    sent: [],
    mode: MODE,
    full: false,
    alive: true,
    fate: () => "store",
    down: false,
    loadsFaults: true,
    say: (message) => listener(message),
    runtime: {
      // The type of the answer depends on that of the message, which `receive` checks.
      send: <M extends ToBackground>(message: M) => receive(message) as Promise<BackgroundAnswer<M>>,
      onMessage(given) {
        listener = given;
      },
      isAlive: () => self.alive,
    },
  };
  return self;
}
