import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRecordingReader } from "../../../../extension/core/recording/recording-reader.ts";
import { restIsMissing } from "../../../../extension/core/recording/read-problems.ts";
import { event, range, seqs } from "../../fakes/events.ts";
import { anyRecording, anyTextOf, readPlainly } from "./any-recording.ts";
import { cutAt, file, listed, readPieces, type Read } from "./read-pieces.ts";

const problemOf = (...pieces: string[]): string => {
  const { end } = readPieces(pieces);
  if (end.ok) throw new Error("expected a problem");
  return end.problem;
};
const damageOf = ({ end }: Read): string | null => {
  if (!end.ok) throw new Error(end.problem);
  return end.damage && restIsMissing(end.damage, 7);
};

describe("a recording file that comes in pieces", () => {
  const anyFile = anyRecording.chain((recording) => fc.tuple(fc.constant(recording), anyTextOf(recording)));

  it("is read like the whole file, however it is cut", () => {
    fc.assert(
      fc.property(
        anyFile,
        fc.array(fc.nat(), { maxLength: 8 }),
        fc.integer({ min: 1, max: 6 }),
        (...given) => {
          const [[, text], places, most] = given;
          expect(readPieces(cutAt(text, places), { elements: most })).toEqual(
            readPieces([text], { elements: most }),
          );
        },
      ),
    );
  });

  it("is read like the whole file, character by character", () => {
    fc.assert(
      fc.property(anyFile, ([, text]) => {
        expect(readPieces(text.split(""), { elements: 3 })).toEqual(readPieces([text], { elements: 3 }));
      }),
      { numRuns: 30 },
    );
  });

  it("gives what parsing all of it gives", () => {
    fc.assert(
      fc.property(anyFile, fc.integer({ min: 1, max: 6 }), ([recording, text], most) => {
        const plain = readPlainly(recording);
        const { end, events, leftOut } = readPieces([text], { elements: most });
        const all = plain.pages.flatMap((page) => page.events);
        if (all.length === 0) {
          expect(end).toEqual({
            ok: false,
            problem: expect.stringMatching(/recording has no events|none of its events/) as string,
            isOurs: true,
          });
          return;
        }
        expect(end).toMatchObject({ ok: true, damage: null });
        expect(plain.pages.map((_, i) => events[i] ?? [])).toEqual(plain.pages.map((page) => page.events));
        expect(leftOut).toBe(plain.leftOut);
        expect(end.ok && end.pages).toEqual(
          plain.pages.map((_, i) => ({
            page: recording.pages[i]?.page,
            recording: recording.pages[i]?.recording,
            url: plain.pages[i] && "url" in plain.pages[i] && plain.pages[i].url,
          })),
        );
      }),
    );
  });

  it("hands out a few events at a time", () => {
    const { batches } = readPieces([file(listed(range(1, 7_000)))]);
    expect(Math.max(...batches)).toBeLessThanOrEqual(5_000);
    expect(batches.reduce((sum, one) => sum + one)).toBe(7_000);
    expect(readPieces([file(listed(range(1, 7_000)))], { leastQuick: Infinity }).batches).toEqual([
      5_000, 2_000,
    ]);
    const long = range(1, 3, { payload: "x".repeat(2 * 1024 * 1024) });
    expect(readPieces([file(listed(long))]).batches).toEqual([2, 1]);
  });

  it("is known to be one before its end, and can be shown then", () => {
    const reader = createRecordingReader({ elements: 1 });
    const text = file(listed(range(1, 3)));
    const behindUrl = text.indexOf('"url"') + 9;
    expect([...reader.push(text.slice(0, behindUrl - 2))]).toEqual([]);
    expect(reader.head(0)).toBeNull();
    expect([...reader.push(text.slice(behindUrl - 2, behindUrl))]).toEqual([]);
    expect(reader.head(0)).toEqual({ page: "p", recording: "p", url: "" });
  });

  it("is not shown before its version is known", () => {
    const reader = createRecordingReader({ elements: 1 });
    const page = '{"page":"p","recording":"p","url":"","events":[]}';
    expect([...reader.push(`{"pages":[${page}],"format":"hubscope-recording"`)]).toEqual([]);
    expect(reader.head(0)).toBeNull();
    expect([...reader.push(',"version":2')]).toEqual([]);
    expect([...reader.push("}")]).toEqual([]);
    expect(reader.head(0)).not.toBeNull();
  });
});

describe("events out of order", () => {
  it("are sorted, and of two with the same seq the first is kept", () => {
    const given = [3, 1, 2, 2, 9, 4].map((seq, i) => event(seq, { socket: i }));
    for (const most of [1, 2, 3, 6]) {
      const { events, leftOut, end } = readPieces([file(listed(given))], { elements: most });
      expect(events[0]?.map((one) => [one.seq, "socket" in one && one.socket])).toEqual([
        [1, 1],
        [2, 2],
        [3, 0],
        [4, 5],
        [9, 4],
      ]);
      expect(leftOut).toBe(1);
      expect(end.ok).toBe(true);
    }
  });
});

describe("a damaged file", () => {
  const whole = file(listed(range(1, 12)));

  it("that ends early is read up to its last whole event", () => {
    const from = whole.indexOf('{"kind"');
    for (let length = 1; length < whole.length - 1; length += 3) {
      const read = readPieces([whole.slice(0, length)], { elements: 3 });
      const complete = whole.slice(from, length).split("}").length - 1;
      if (length < from || complete === 0) {
        expect(read.end).toMatchObject({
          ok: false,
          problem: "The recording is damaged: it is incomplete. Was the download interrupted?",
        });
        continue;
      }
      expect(damageOf(read)).toBe("The file ends early: 7 events were read, the rest is missing.");
      expect(seqs(read.events[0] ?? [])).toEqual(seqs(range(1, Math.min(12, complete))));
    }
  });

  it("is read up to the event that is broken", () => {
    for (const most of [1, 3, 5_000]) {
      const read = readPieces([whole.replace('"seq":12', '"seq":1?2')], { elements: most });
      expect(damageOf(read)).toMatch(
        /^The file is damaged, it is not valid JSON in the value that begins at character 1114: 7 events/,
      );
      expect(seqs(read.events[0] ?? [])).toEqual(seqs(range(1, 11)));
    }
  });

  it.each([
    [file("1,"), `it is not valid JSON at character ${file("").indexOf("[]") + 4}.`],
    [
      file(`${listed([event(1)])},,${listed([event(2)])}`),
      `it is not valid JSON at character ${file(listed([event(1)])).indexOf("}]") + 3}:`,
    ],
    [`${whole} x`, `it is not valid JSON at character ${whole.length + 2}`],
    [`${whole}}`, `it is not valid JSON at character ${whole.length + 1}`],
    [file(listed([event(1)]), ',"a":nothing'), "it is not valid JSON in the value that begins at character"],
    [file(listed([event(1)]), ",5:1"), "it is not valid JSON at character"],
    [file(listed([event(1)]), ',"a"=1'), "it is not valid JSON at character"],
    [file(`${listed([event(1)])}}`), "it is not valid JSON at character"],
    [file(listed([event(1)]), ',"pages":[]'), '"pages" occurs twice'],
    [file(listed([event(1)]), ',"\\u0070ages":[]'), '"pages" occurs twice'],
    [file(`${listed([event(1)])}],"events":[`), '"events" occurs twice'],
  ])("%# says where", (text, words) => {
    const read = readPieces([text], { elements: 1 });
    expect(read.end.ok ? damageOf(read) : read.end.problem).toContain(words);
    expect(readPieces(text.split(""), { elements: 1 })).toEqual(read);
  });
});

describe("a hostile file", () => {
  it("that is nested without end is refused", () => {
    const deep = "[".repeat(5_000_000);
    for (const text of [file(deep), `{"format":${deep}`, `{"x":${deep}`, deep])
      expect(problemOf(text)).toMatch(/nested deeper than 1000 levels|a recording is JSON/);
  });

  it("with an endless value is refused, unless the value isn't needed", () => {
    const MB = "x".repeat(1024 * 1024);
    const events = `${file("").split("]")[0] ?? ""}{"kind":"`;
    expect(readPieces([events, MB, MB], { longest: 2_000_000 }).end).toMatchObject({
      problem: "The recording is damaged: one value in it is larger than 2 MB.",
    });
    const skipped = ['{"x":"', MB, MB, '",', file(listed([event(1)])).slice(1)];
    expect(readPieces(skipped).end).toMatchObject({ ok: true, damage: null });
  });

  it("of too many fields or pages is refused at once", () => {
    const many = (one: string): string => Array<string>(20_000).fill(one).join();
    expect(problemOf(`{${many('"a":1')}}`)).toBe("The recording is damaged: it has too many fields.");
    expect(problemOf(`{"format":"hubscope-recording","version":2,"pages":[${many("{}")}`)).toBe(
      "The recording has more than 1000 pages; Hubscope opens up to 1000.",
    );
  });

  it("never makes the reader throw", () => {
    const word = fc.constantFrom(
      ...'{ } [ ] , : " \\ 1 null'.split(" "),
      ...['"format"', '"hubscope-recording"', '"version"', '"pages"', '"events"', '"page"', '"url"', '"log"'],
      ...['"entries"', '"traceEvents"', listed([event(1)])],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const read = readPieces([words.join("")], { elements: 2 });
        expect(readPieces(words, { elements: 2 })).toEqual(read);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the fields of a file", () => {
  it("may be in any order, the version last", () => {
    const page = `{"events":[${listed([event(1)])}],"url":"https://a.example/","recording":"r","page":"p"}`;
    const read = readPieces([`{"pages":[${page}],"version":1,"format":"hubscope-recording"}`]);
    expect(read.end).toMatchObject({ ok: true, pages: [{ page: "p", recording: "r" }] });
    expect(read.events).toEqual([[event(1)]]);
    expect(problemOf(`{"pages":[${page}],"version":9,"format":"hubscope-recording"}`)).toContain("version 9");
    expect(problemOf(`{"pages":[${page}],"version":2,"format":"other"}`)).toContain('its "format" is not');
  });

  it("are told from those of other tools, even if the file is large", () => {
    const entries = '{"a":1},'.repeat(200_000);
    expect(problemOf(`{"log":{"version":"1.2","entries":[${entries}1]}}`)).toContain("HAR file");
    expect(problemOf(`{"traceEvents":[${entries}1],"metadata":{}}`)).toContain("performance trace");
    expect(problemOf(`{"log":{"entries":[${entries}`)).toContain("HAR file");
    expect(problemOf("\u0089PNG\r\n")).toContain("a recording is JSON");
    expect(problemOf("  \n")).toBe("The file is empty.");
    expect(problemOf("12", "3")).toBe("This is not a Hubscope recording: it is not a JSON object.");
  });
});
