import { inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { zip } from "../../../scripts/zip.ts";

const files = [
  { name: "icons/b.txt", data: Buffer.from("b".repeat(1000)) },
  { name: "ä.txt", data: Buffer.from("ä") },
  { name: "a.txt", data: Buffer.alloc(0) },
];

/** Reads an archive by its central directory, as every unpacker does. */
function unzip(archive: Buffer): Map<string, string> {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  let entry = archive.readUInt32LE(end + 16);
  const found = new Map<string, string>();
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const compressed = archive.readUInt32LE(entry + 20);
    const nameLength = archive.readUInt16LE(entry + 28);
    const name = archive.toString("utf8", entry + 46, entry + 46 + nameLength);
    const data = archive.readUInt32LE(entry + 42) + 30 + nameLength;
    found.set(name, inflateRawSync(archive.subarray(data, data + compressed)).toString("utf8"));
    entry += 46 + nameLength;
  }
  expect(entry).toBe(end);
  return found;
}

describe("zip", () => {
  it("holds each file under its name", () => {
    expect(unzip(zip(files))).toEqual(
      new Map([
        ["a.txt", ""],
        ["icons/b.txt", "b".repeat(1000)],
        ["ä.txt", "ä"],
      ]),
    );
  });

  it("is the same whatever the order of the files", () => {
    expect(zip([...files].reverse()).equals(zip(files))).toBe(true);
  });
});
