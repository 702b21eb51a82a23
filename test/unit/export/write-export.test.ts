import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { readRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { UTC } from "../../../extension/core/text/format.ts";
import type { PagePiece, RecordingSource } from "../../../extension/export/recording-source.ts";
import { writeExport } from "../../../extension/export/write-export.ts";
import { inMemory } from "./written.ts";
import { START, range } from "../fakes/events.ts";

const about = { hubscope: "1", writtenAt: START + 60_000, zone: UTC, reportStyle: "" };
const page = (id: string): PagePiece["page"] => ({
  page: id,
  recording: "top",
  url: `https://${id}.example/`,
});

async function eventsOf(source: RecordingSource): Promise<readonly (readonly RecordedEvent[])[]> {
  let text = "";
  const contents = { payloads: false, isOpen: true };
  for await (const piece of writeExport(source, "json", contents, about, (kept) => kept)) text += piece;
  const read = readRecordingFile(text);
  if (!read.ok) throw new Error(read.problem);
  return read.file.pages.map(({ events }) => events);
}

describe("the export of a page that is still open", () => {
  const leave: RecordedEvent = { kind: "lifecycle", seq: 9, t: START, phase: "pagehide", persisted: false };

  it("says until when it was open, for each page that nobody has left", async () => {
    const [top, left, frame] = await eventsOf(
      inMemory([
        { page: page("top"), events: range(1, 3, {}) },
        { page: page("left"), events: range(1, 3, {}) },
        { page: page("left"), events: [leave] },
        { page: page("frame"), events: range(5, 6, {}) },
      ]),
    );
    expect(top?.at(-1)).toEqual({ kind: "still-open", seq: 4, t: about.writtenAt });
    expect(left?.at(-1)).toEqual(leave);
    expect(frame?.at(-1)).toMatchObject({ kind: "still-open", seq: 7 });
  });

  it("says nothing of a page without events", async () => {
    expect(
      await eventsOf(
        inMemory([
          { page: page("top"), events: range(1, 1, {}) },
          { page: page("b"), events: [] },
        ]),
      ),
    ).toEqual([[expect.objectContaining({ seq: 1 }), expect.objectContaining({ kind: "still-open" })], []]);
  });
});
