/** docs/recording-format.md describes the file format: it must name every kind of event with every field. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { EVENT_FIELDS } from "../../../../extension/core/events/event-fields.ts";
import { RECORDING_VERSION } from "../../../../extension/core/events/events.ts";
import { projectRoot } from "../../../../scripts/paths.ts";

const document = readFileSync(path.join(projectRoot, "docs/recording-format.md"), "utf8");
const rows = new Map(
  [...document.matchAll(/^- `([\w-]+)`:(.*)$/gm)].map(([, kind = "", rest = ""]) => [kind, rest]),
);

describe("docs/recording-format.md", () => {
  it("describes the current version", () => {
    expect(document).toContain(`# The recording format, version ${RECORDING_VERSION}\n`);
  });

  it.each(Object.entries(EVENT_FIELDS))("names %s with its fields", (kind, fields) => {
    const row = rows.get(kind) ?? "no entry";
    // `fault` is explained once below the list for all other events.
    const names = Object.keys(fields).filter((name) => name !== "fault" || kind.startsWith("fault"));
    expect(names.filter((name) => !new RegExp(`\`${name}\\??\``).test(row))).toEqual([]);
  });
});
