/** A file that is no recording of Hubscope, from its text in pieces. */
import { bytes } from "../text/format.ts";
import { LARGEST_OTHER, readOther, type OtherFile } from "./read-other.ts";

/**
 * @param problem why it is no recording of Hubscope: what a user is told of a file of no known tool
 * @throws what reading the text throws
 */
export async function openOther(texts: AsyncIterable<string>, problem: string): Promise<OtherFile> {
  const pieces: string[] = [];
  let length = 0;
  for await (const text of texts) {
    length += text.length;
    if (length > LARGEST_OTHER)
      return {
        ok: false,
        problem: `This is no Hubscope recording, and files of other tools are read up to ${bytes(LARGEST_OTHER)}.`,
      };
    pieces.push(text);
  }
  return readOther(pieces.join("")) ?? { ok: false, problem };
}
