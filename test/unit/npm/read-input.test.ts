import { describe, expect, it } from "vitest";
import type { RecordingInput } from "../../../extension/npm/core-api.ts";
import { readInput } from "../../../extension/npm/read-input.ts";

const TEXT = '{"format":"ä"}';
const BYTES = new TextEncoder().encode(TEXT);

async function textOf(input: RecordingInput): Promise<string> {
  let text = "";
  for await (const piece of readInput(input)()) text += piece;
  return text;
}

describe("what is given to readRecording", () => {
  it.each<readonly [string, RecordingInput]>([
    ["a text", TEXT],
    ["a text with a byte order mark", `\uFEFF${TEXT}`],
    ["bytes", BYTES],
    ["bytes with a byte order mark", new Uint8Array([0xef, 0xbb, 0xbf, ...BYTES])],
    ["a buffer", BYTES.buffer],
    ["a blob", new Blob([TEXT])],
    ["an object", JSON.parse(TEXT) as object],
  ])("may be %s", async (_, input) => {
    expect(await textOf(input)).toBe(TEXT);
  });

  it.each([undefined, null, 5, true])("can't be %s", (input) => {
    expect(() => readInput(input as unknown as RecordingInput)).toThrow(
      "This is no recording: give its text,",
    );
  });
});
