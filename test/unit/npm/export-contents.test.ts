import { describe, expect, expectTypeOf, it } from "vitest";
import { EXPORT_FORMATS } from "../../../extension/export/export-formats.ts";
import { NO_MASKS } from "../../../extension/export/masks/masks.ts";
import type { MaskName } from "../../../extension/export/masks/named-masks.ts";
import type { ExportOptions } from "../../../extension/npm/core-api.ts";
import { contentsOf, kindNamed } from "../../../extension/npm/export-contents.ts";

const RECORDING = { from: 1_000, to: 9_000 };

describe("what writeExport of hubscope/core writes", () => {
  it("is everything without options, with payloads", () => {
    expect(contentsOf(RECORDING, {})).toEqual({ payloads: true, masks: NO_MASKS });
  });

  it("is a part, to the recording's own end where only one is given", () => {
    expect(contentsOf(RECORDING, { from: 5_000 }).range).toEqual({ from: 5_000, to: 9_000 });
    expect(contentsOf(RECORDING, { to: 5_000 }).range).toEqual({ from: 1_000, to: 5_000 });
    expect(() => contentsOf(RECORDING, { from: 5_000, to: 4_999 })).toThrow("from is later than to.");
    expect(contentsOf(RECORDING, { from: 10_000 }).range).toEqual({ from: 10_000, to: 10_000 });
    expect(contentsOf(RECORDING, { to: 500 }).range).toEqual({ from: 500, to: 500 });
    expect(() => contentsOf(RECORDING, { to: NaN })).toThrow("to: it is no number");
    const text = "2026-11-24T10:42:07Z" as unknown as number;
    expect(() => contentsOf(RECORDING, { from: text })).toThrow("from: it is no number");
  });

  it("is no part where the range has all of it", () => {
    expect(contentsOf(RECORDING, { from: 0 })).toEqual(contentsOf(RECORDING, {}));
    expect(contentsOf(RECORDING, { from: 1_000, to: 9_000 }).range).toBeUndefined();
  });

  it("is never more than was wanted, because an option was wrong", () => {
    const wrong = (options: object, message: string) => {
      expect(() => contentsOf(RECORDING, options as ExportOptions)).toThrow(message);
    };
    wrong({ payload: false }, 'There is no option "payload". There are payloads, from, to,');
    wrong({ payloads: "no" }, "payloads: it is neither true nor false.");
    wrong({ replace: "hosts" }, "replace: it is no array of texts.");
    wrong({ replace: null }, "replace: it is no array of texts.");
    wrong({ replace: { hosts: true } }, "replace: it is no array of texts.");
    wrong({ replaceFields: [1] }, "replaceFields: it is no array of texts.");
  });

  it("is masked by the names of the command line, and by JSONPath", () => {
    const options = { replace: ["hosts", "connection-ids"], replaceFields: ["$.arguments[0]"] } as const;
    expect(contentsOf(RECORDING, options).masks).toEqual({
      ...NO_MASKS,
      hosts: true,
      connectionIds: true,
      fields: ["$.arguments[0]"],
    });
    expect(() => contentsOf(RECORDING, { replace: ["names" as "hosts"] })).toThrow(
      "replace: there is no names, only hosts, connection-ids, emails, numbers.",
    );
    expect(() => contentsOf(RECORDING, { replaceFields: ["arguments"] })).toThrow(
      "replaceFields: `arguments` is no JSONPath",
    );
    // The published types mention none of the inside, so the names stand there once more.
    expectTypeOf<NonNullable<ExportOptions["replace"]>[number]>().toEqualTypeOf<MaskName>();
  });
});

describe("a format of writeExport", () => {
  it("has its kind, and the short name of the command line", () => {
    for (const { kind } of EXPORT_FORMATS) expect(kindNamed(kind)).toBe(kind);
    expect(kindNamed("trace")).toBe("trace.json");
    expect(kindNamed("traces")).toBe("traces.otlp.jsonl");
  });

  it("is one file", () => {
    expect(() => kindNamed("csv")).toThrow('There is no format "csv" alone: it stands for events.csv, ');
    expect(() => kindNamed("pdf")).toThrow('There is no format "pdf". There are html, md, ');
    expect(() => kindNamed("constructor")).toThrow("There is no format");
  });
});
