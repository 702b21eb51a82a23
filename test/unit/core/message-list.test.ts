/** Messages that an inspector of SignalR has saved, as a recording. */
import { describe, expect, it } from "vitest";
import { readOther } from "../../../extension/core/other-tools/read-other.ts";
import { modelOf, read } from "./read-other-file.ts";

const T = Date.UTC(2026, 10, 24, 10);
const iso = (t: number): string => new Date(t).toISOString();
const SAY = { type: 1, target: "Say", arguments: ["ü"] };
const RS = "\u001e";
const LISTS: readonly (readonly [string, unknown])[] = [
  [
    "texts with a date, in connections",
    {
      version: 3,
      connections: [
        {
          id: 7,
          url: "wss://board.example/hubs/board?id=secret-connection-token",
          messages: [
            { timestamp: iso(T), direction: "sent", data: `{"protocol":"json","version":1}${RS}` },
            { timestamp: iso(T + 5), direction: "received", data: `{}${RS}` },
            { timestamp: iso(T + 9), direction: "sent", data: `${JSON.stringify(SAY)}${RS}` },
            { timestamp: iso(T + 12), direction: "received", data: `{"type":6}${RS}` },
          ],
        },
      ],
    },
  ],
  [
    "parsed messages, with milliseconds",
    [
      { time: T + 9, type: "outgoing", hubUrl: "https://board.example/hubs/board", message: SAY },
      { time: T + 12, type: "incoming", hubUrl: "https://board.example/hubs/board", message: { type: 6 } },
    ],
  ],
  [
    "messages themselves, with seconds",
    {
      session: {
        hub: "https://board.example/hubs/board",
        log: [
          { ...SAY, t: (T + 9) / 1_000, isSent: true },
          { type: 6, t: (T + 12) / 1_000, isSent: false },
        ],
      },
    },
  ],
];

describe("a list of messages that an inspector has saved", () => {
  it.each(LISTS)("is read: %s", (_name, list) => {
    const { events, pages, notes, text } = read(JSON.stringify(list));
    expect(pages).toMatchObject([{ url: "https://board.example" }]);
    expect(events[0]).toMatchObject({ kind: "page", importedFrom: "messages", midway: true });
    const messages = events.filter((event) => event.kind === "message");
    expect(messages).toMatchObject([
      { t: T + 9, direction: "out", type: 1, target: "Say", payload: JSON.stringify(SAY) },
      { t: T + 12, direction: "in", type: 6 },
    ]);
    expect(modelOf(pages).pages[0]?.hubs).toMatchObject([{ url: "https://board.example/hubs/board" }]);
    expect(notes[0]).toMatch(/^[24] messages read from a file of another tool\. It has only messages/);
    expect(text).not.toContain("secret-connection-token");
  });

  it("says how many of them can't be read", () => {
    const list = [
      { time: T, direction: "in", data: `{"type":6}${RS}` },
      { time: T, direction: "in", data: "ApEG" },
    ];
    expect(read(JSON.stringify(list)).notes).toContain(
      "1 message could not be read: not of the JSON hub protocol.",
    );
  });

  it("is not seen in other JSON", () => {
    for (const text of [
      "[]",
      "{}",
      "1",
      "null",
      "",
      "{",
      '{"a":[{"time":1,"data":"{}"}]}',
      '[{"level":"in","t":5}]',
    ])
      expect(readOther(text)).toBeNull();
  });
});
