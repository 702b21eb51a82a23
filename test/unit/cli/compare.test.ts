import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fixtureFolder, type FindingFixture } from "../../findings/fixture.ts";
import { runCli } from "./run-cli.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-test-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** A recording of the app that the findings are tested with. */
async function recorded(name: string): Promise<string> {
  const text = await readFile(path.join(fixtureFolder, `${name}.chromium.json`), "utf8");
  const file = path.join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify((JSON.parse(text) as FindingFixture).recording));
  return file;
}

const rowOf = (out: string, name: string): string =>
  out
    .split("\n")
    .find((line) => line.trim().startsWith(name))
    ?.trim()
    .replaceAll(/ {2,}/g, " | ") ?? "";

describe("hubscope compare", () => {
  it("says which findings are gone, and which figures are better", async () => {
    const files = [await recorded("gives-up"), await recorded("never-gives-up")];
    const { code, out, err } = await runCli(["compare", ...files, "--fail-on-worse"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(rowOf(out, "Not recovered")).toBe("Not recovered | 1 | 0 | better");
    // One of them is too short for that.
    expect(rowOf(out, "Availability")).toMatch(/%$/);
    expect(out).not.toContain("different pages");
    expect(rowOf(out, "Gone:")).toContain("Gives up reconnecting (High; /hubs/board)");
    // More of them, in a recording of 12 seconds after one of less than a second.
    expect(rowOf(out, "Interruptions")).toBe("Interruptions | 1 | 3");
  });

  it("exits with 1 if something is worse, where that is wanted", async () => {
    const files = [await recorded("never-gives-up"), await recorded("gives-up")];
    const { code, out } = await runCli(["compare", ...files, "--fail-on-worse"]);
    expect(code).toBe(1);
    expect(rowOf(out, "New:")).toContain("Gives up reconnecting");
    expect((await runCli(["compare", ...files])).code).toBe(0);
  });

  it("finds a recording the same as itself", async () => {
    const file = await recorded("healthy-a-short-loss");
    const { code, out } = await runCli(["compare", file, file, "--fail-on-worse", "--json"]);
    expect(code).toBe(0);
    const { figures, findings } = JSON.parse(out) as Record<"figures" | "findings", { change: string }[]>;
    expect(new Set(figures.map(({ change }) => change))).toEqual(new Set(["same", "unknown"]));
    expect(findings.filter(({ change }) => change !== "still")).toEqual([]);
  });

  it("says that recordings are of different pages, and what of a damaged one is missing", async () => {
    const file = await recorded("never-gives-up");
    const text = await readFile(file, "utf8");
    const other = path.join(folder, "other.json");
    await writeFile(
      other,
      text
        .replaceAll("/hubs/", "/other/")
        .replaceAll(/127\.0\.0\.1|localhost/g, "other.example")
        .slice(0, -300),
    );
    const { code, out } = await runCli(["compare", file, other]);
    expect(code).toBe(0);
    expect(out).toMatch(/^These are recordings of different pages\.\n/);
    expect(out).toMatch(/\nNot everything could be compared\n {2}.*other\.json: The file ends early.*\n$/);
  });

  it("names the file that can't be read", async () => {
    const file = await recorded("healthy-idle");
    const { code, out, err } = await runCli(["compare", file, path.join(folder, "none.json")]);
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toContain("none.json: no such file or folder");
  });
});
