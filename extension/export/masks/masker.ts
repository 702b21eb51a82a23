/**
 * Replaces what the user doesn't want to give away, in all texts of a recording. Placeholders are the same throughout a file, so that
 * it still can be read: "host-1.example", "connection-2".
 */
import type { RecordedEvent } from "../../core/events/events.ts";
import { withoutPayload } from "../../core/events/payload.ts";
import type { HubState } from "../../core/protocol/terms.ts";
import type { PageHead } from "../../core/recording/recording-reader.ts";
import type { Scorecard } from "../../core/scenarios/scorecard.ts";
import { maskFields } from "./mask-fields.ts";
import { createTextMasker, type TextPlace } from "./mask-text.ts";
import type { Masks } from "./masks.ts";

/** Fields with words of the format, and with ids and versions that are ours. */
const UNTOUCHED = new Set(
  "kind transport direction api phase where already step state mistake check outcome token navigation worker format hubscope page recording".split(
    " ",
  ),
);
/** Words of the format in fields that can also hold other texts. A page could name a connection like one. */
const STATES: readonly string[] = [
  "Disconnected",
  "Connecting",
  "Connected",
  "Disconnecting",
  "Reconnecting",
] satisfies readonly HubState[];

const PLACES: Readonly<Record<string, TextPlace>> = {
  headers: "header",
  userAgent: "browser",
  target: "name",
};

export interface Masker {
  /** Learns the hosts and ids of events that will be masked: they are replaced before they are named, too. */
  learn(head: PageHead, events: readonly RecordedEvent[]): void;
  learnScorecard(card: Scorecard): void;
  page(head: PageHead): PageHead;
  events(events: readonly RecordedEvent[]): readonly RecordedEvent[];
  scorecard(card: Scorecard): Scorecard;
  /** Sentences about the file, with the hosts that they name themselves. */
  sentences(texts: readonly string[]): readonly string[];
}

export function createMasker(masks: Masks): Masker {
  const masker = createTextMasker(masks);

  const learn = (name: string, value: unknown): void => {
    if (typeof value === "string") {
      if (name === "connectionId") masker.learnId(value);
      else masker.learnHosts(value);
    } else if (typeof value === "object" && value !== null)
      for (const [key, field] of Object.entries(value)) learn(Array.isArray(value) ? name : key, field);
  };

  const maskField = (name: string, value: unknown): unknown => {
    if (typeof value === "string") {
      if (name === "connectionId") return masker.id(value);
      return UNTOUCHED.has(name) || STATES.includes(value) ? value : masker.text(value, PLACES[name]);
    }
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item: unknown) => maskField(name, item));
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, maskField(key, field)]));
  };
  /** A copy of the same shape. */
  const maskAll = <T>(value: T): T => maskField("", value) as T;

  const maskPayload = (event: RecordedEvent): RecordedEvent => {
    if (event.kind !== "message") return event;
    // Its bytes can't be changed without breaking it.
    if (event.binary !== undefined) return withoutPayload(event);
    if (event.payload === undefined || masks.fields.length === 0) return event;
    const payload = maskFields(event.payload, masks.fields);
    return payload === null ? withoutPayload(event) : { ...event, payload };
  };

  return {
    learn(head, events) {
      masker.learnHosts(head.url);
      for (const event of events) learn("", event);
    },
    learnScorecard(card) {
      learn("", card);
    },
    page: (head) => ({ ...head, url: masker.text(head.url) }),
    events: (events) => events.map((event) => maskAll(maskPayload(event))),
    scorecard: maskAll,
    sentences: (texts) =>
      texts.map((text) => {
        masker.learnHosts(text);
        return masker.text(text);
      }),
  };
}
