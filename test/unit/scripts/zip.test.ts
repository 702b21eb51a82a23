import { inflateRawSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
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

/** The Unix permissions of each file. */
function permissions(archive: Buffer): string[] {
  const found: string[] = [];
  let entry = archive.readUInt32LE(archive.length - 6);
  while (archive.readUInt32LE(entry) === 0x02014b50) {
    found.push(((archive.readUInt32LE(entry + 38) >>> 16) & 0o7777).toString(8));
    entry += 46 + archive.readUInt16LE(entry + 28);
  }
  return found;
}

describe("zip", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("contains each file under its name", () => {
    expect(unzip(zip(files))).toEqual(
      new Map([
        ["a.txt", ""],
        ["icons/b.txt", "b".repeat(1000)],
        ["ä.txt", "ä"],
      ]),
    );
  });

  it("is the same for any order of the files", () => {
    expect(zip([...files].reverse()).equals(zip(files))).toBe(true);
  });

  it("is the same in every time zone", () => {
    const archives = ["America/Los_Angeles", "UTC", "Pacific/Kiritimati"].map((zone) => {
      vi.stubEnv("TZ", zone);
      return zip(files).toString("hex");
    });
    expect(new Set(archives).size).toBe(1);
  });

  it("preserves executable files", () => {
    const data = Buffer.from("#!/bin/sh");
    const archive = zip([
      { name: "run", data, executable: true },
      { name: "text", data, executable: false },
    ]);
    expect(permissions(archive)).toEqual(["755", "644"]);
  });
});
