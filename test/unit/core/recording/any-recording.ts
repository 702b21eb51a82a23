/** Recordings as other tools may write them, and the plain way to read one: parse all of it, check, sort and redact. */
import fc from "fast-check";
import { readEvent } from "../../../../extension/core/events/guards.ts";
import { redactEvents } from "../../../../extension/core/events/redact-events.ts";
import type { RecordedEvent } from "../../../../extension/core/events/events.ts";
import { redactUrl } from "../../../../extension/core/redaction/redact.ts";
import { anyText } from "../../fakes/any-text.ts";
import { START } from "../../fakes/events.ts";

interface RawPage {
  readonly page: string;
  readonly recording: string;
  readonly url: string;
  readonly events: readonly unknown[];
}
export interface RawRecording {
  readonly format: string;
  readonly version: number;
  readonly exportedAt: string;
  readonly hubscope: string;
  readonly pages: readonly RawPage[];
}

/** Texts that mislead a reader that only looks for quotes and brackets; and secrets. */
const tricky = fc.oneof(
  anyText({ maxLength: 12 }),
  fc.constantFrom(
    '"',
    "\\",
    '\\"',
    "},{",
    '"},{"',
    "]}]}",
    '{"a":[1,2]}',
    '"events":[',
    "\u2028",
    "\ud800",
    '{"password":"hunter2"}',
    "Bearer abcdefgh12345",
    "https://a:b@c.example/?access_token=xyz",
  ),
);

const fieldsOf = fc.oneof(
  fc.record({
    kind: fc.constant("message"),
    socket: fc.nat(9),
    direction: fc.constantFrom("in", "out"),
    type: fc.constantFrom(1, 3, 6),
    size: fc.nat(),
    payload: tricky,
    streamIds: fc.array(tricky, { maxLength: 2 }),
  }),
  fc
    .constantFrom(
      { negotiateVersion: 0, connectionId: "also the token" },
      { negotiateVersion: 1, connectionId: "id" },
    )
    .map((ids) => ({ kind: "negotiate-ended", request: 1, status: 200, ...ids })),
  fc.record({ kind: fc.constant("legacy"), url: fc.constantFrom("https://a.example/?room=5", "wss://b") }),
  fc.record({ kind: fc.constant("hub-lost"), hub: fc.nat(9), error: tricky, unknown: fc.jsonValue() }),
  fc.record({ kind: fc.constant("unheard-of"), what: fc.jsonValue() }),
);

const eventsOf = fc
  .tuple(fc.array(fieldsOf, { maxLength: 20 }), fc.boolean(), fc.boolean())
  .chain(([all, shuffled, withOthers]) => {
    const events = all.map((fields, i): unknown => ({ ...fields, seq: i + 1, t: START + i }));
    const some = withOthers ? [null, 5, "x", [], {}, ...events] : events;
    return shuffled ? fc.shuffledSubarray(some, { minLength: some.length }) : fc.constant(some);
  });

export const anyRecording: fc.Arbitrary<RawRecording> = fc.record({
  format: fc.constant("hubscope-recording"),
  version: fc.constantFrom(1, 2),
  exportedAt: tricky,
  hubscope: tricky,
  pages: fc.array(fc.record({ page: tricky, recording: tricky, url: tricky, events: eventsOf }), {
    minLength: 1,
    maxLength: 3,
  }),
});

/** The recording as text: with its fields in any order, with spaces or without, and with fields that nobody knows. */
export const anyTextOf = (recording: RawRecording): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom("", "  ", "\n\t"), fc.infiniteStream(fc.nat()), fc.boolean())
    .map(([space, picks, withUnknown]) => {
      const shuffled = (object: object): object => {
        const entries = Object.entries(withUnknown ? { ...object, later: { a: ["}", "]"] } } : object);
        const mixed: typeof entries = [];
        while (entries.length > 0) {
          const pick = picks.next().value as number;
          mixed.push(...entries.splice(pick % entries.length, 1));
        }
        return Object.fromEntries(mixed);
      };
      return JSON.stringify(shuffled({ ...recording, pages: recording.pages.map(shuffled) }), null, space);
    });

/** What is expected to be read. The events keep the order of the file where two have the same seq. */
export function readPlainly(recording: RawRecording): {
  readonly pages: readonly { readonly events: readonly RecordedEvent[] }[];
  readonly leftOut: number;
} {
  let leftOut = 0;
  const pages = recording.pages.map((page) => {
    const good = page.events.flatMap((event) => readEvent(event) ?? []).sort((a, b) => a.seq - b.seq);
    leftOut += page.events.length - good.length;
    return { ...page, url: redactUrl(page.url), events: redactEvents(good) };
  });
  return { pages, leftOut };
}
