/** Plants secrets in every text of every kind of event: no export may contain one. */
import { describe, expect, it } from "vitest";
import { EVENT_FIELDS } from "../../../extension/core/events/event-fields.ts";
import { REFUSED } from "../../../extension/core/events/field-types.ts";
import { createCleaner } from "../../../extension/core/recording/clean-events.ts";
import { readEvent } from "../../../extension/core/events/guards.ts";
import { redactEvents } from "../../../extension/core/events/redact-events.ts";
import { script } from "../core/event-script.ts";
import { AT, eventsWith, planted } from "../fakes/planted-events.ts";
import { inPieces } from "../fakes/export-source.ts";
import { UNWATCHED } from "../fakes/unwatched.ts";
import { EXPORT_FORMATS } from "../../../extension/export/export-formats.ts";
import { exportFile } from "../../../panel/state/files/export-file.ts";
import { readPieces } from "../../../panel/state/files/read-pieces.ts";
import { PLANTED, foundIn } from "../../harness/planted-secrets.ts";

const KINDS = Object.keys(EVENT_FIELDS).length;
const events = PLANTED.flatMap(({ text }, i) => eventsWith(text, i * KINDS));
const page = {
  page: "p",
  recording: "p",
  url: `https://host.test/${PLANTED[0]?.text ?? ""}`,
  tabId: 1,
  browserSession: 1,
  frameId: 0,
  startedAt: AT,
  lastAt: AT,
  storedUpTo: events.length,
  events: events.length,
  bytes: 0,
  hubs: 1,
  interruptions: 0,
  connections: 0,
  pinned: false,
};
/** A page on which a connection lives, calls and breaks: what is derived from events has a text of each, too. */
const life = PLANTED.reduce(
  (events, { text }, i) => {
    const [socket, now] = [i + 1, 60_000 * i];
    return events
      .at(now)
      .negotiate(socket, `id-${socket}`)
      .socket(socket, socket)
      .state("Connecting", "Connected", `id-${socket}`)
      .message({ socket, direction: "out", type: 1, target: text, invocationId: text, payload: text })
      .at(now + 5)
      .message({ socket, direction: "in", type: 3, invocationId: text, error: text, payload: text })
      .message({ socket, direction: "out", type: 1, target: text, invocationId: `lost ${text}` })
      .message({ socket, direction: "in", type: 7, error: text })
      .at(now + 9)
      .add({ kind: "socket-closed", socket, code: 1006, reason: text, wasClean: false })
      .add({ kind: "hub-lost", hub: 1, error: text })
      .state("Connected", "Reconnecting")
      .negotiateFails(1_000 + socket, 503, text)
      .add({ kind: "retry", hub: 1, previousRetryCount: 0, elapsed: 0, delay: 0, reason: text });
  },
  script().page().hub().state("Disconnected", "Connecting"),
).events;
const meta = { hubscope: "0", now: AT, scorecards: null, reportStyle: "" };

describe("forty secrets in every text of every kind of event", () => {
  it("are found before redaction", () => {
    expect(PLANTED).toHaveLength(40);
    expect(foundIn(JSON.stringify(events))).toHaveLength(40);
  });

  it("are all removed by redaction", () => {
    for (const event of redactEvents(events))
      expect(foundIn(JSON.stringify(event)), JSON.stringify(event)).toEqual([]);
  });

  /** A message with several fields would be redacted as a whole because of any of them. */
  it.each(Object.entries(EVENT_FIELDS.message))(
    "are removed from a message with nothing but %s",
    (name, { read }) => {
      const message = { kind: "message", seq: 1, t: AT, socket: 1, direction: "in", type: 1, size: 9 };
      for (const { text } of PLANTED) {
        const value = planted(name, text);
        for (const held of [value, [value]]) {
          if (read(held) === REFUSED) continue;
          const event = readEvent({ ...message, [name]: held });
          if (!event) throw new Error(`no message with ${name}`);
          expect(foundIn(JSON.stringify(createCleaner()([event]))), name).toEqual([]);
        }
      }
    },
  );

  const exports = EXPORT_FORMATS.flatMap(({ kind }) =>
    [true, false].map((payloads) => [kind, payloads] as const),
  );
  it.each(exports)("are not in an export as %s with payloads %s", async (kind, payloads) => {
    const { name, blob } = await exportFile(
      inPieces(
        [
          [page, events],
          [{ ...page, page: "q" }, life],
        ],
        7,
      ),
      kind,
      { payloads },
      meta,
      UNWATCHED,
    );
    let text = "";
    for await (const piece of readPieces(blob)) text += piece.text;
    expect(foundIn(text)).toEqual([]);
    expect(foundIn(name)).toEqual([]);
    expect(text).toContain("…");
    if (kind === "json" && !payloads) expect(text).not.toMatch(/"payload":|"binary":/);
    if (kind === "messages.csv") expect(text.includes(",text\r\n")).toBe(payloads);
  });
});
