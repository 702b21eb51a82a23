import os from "node:os";
import { describe, expect, it } from "vitest";
import { readTime } from "../../../extension/cli/record/read-options.ts";
import { runCli } from "./run-cli.ts";

describe("hubscope record", () => {
  it("refuses nonsense before a browser is started", async () => {
    const refused = async (...args: string[]): Promise<string> => {
      const { code, err } = await runCli(["record", ...args]);
      expect(code).toBe(2);
      return err;
    };
    expect(await refused("board.example")).toBe(
      'hubscope: "board.example" is no address of a page: it begins with http:// or https://.\n',
    );
    expect(await refused("file:///etc/passwd")).toContain("is no address of a page");
    expect(await refused("http://x/", "--for", "soon")).toBe(
      'hubscope: --for is a time such as 90s or 5m, at most a day, not "soon".\n',
    );
    expect(await refused("http://x/", "--scenario", "crash,flood")).toMatch(
      /^hubscope: there is no scenario "flood"\. There are .*wifi-drop-5s/,
    );
    expect(await refused("http://x/", "--scenario", ",")).toContain("--scenario is empty");
  });

  it("refuses a place that can't be written to, before anything is recorded", async () => {
    for (const place of ["/nowhere/a.json", os.tmpdir(), ""])
      expect(await runCli(["record", "http://x/", "-o", place])).toMatchObject({
        code: 3,
        err: expect.stringMatching(/no such file or folder|name a file, not a folder/) as string,
      });
  });

  it("names a browser that isn't there", async () => {
    expect(await runCli(["record", "http://x/", "--browser", "/nowhere/firefox"])).toMatchObject({
      code: 3,
      err: "hubscope: /nowhere/firefox is no browser: --browser is chromium, firefox, or the path of one\n",
    });
  });

  it("takes times in seconds, minutes and hours", () => {
    expect(["90", "90s", "1.5m", "2 h"].map(readTime)).toEqual([90_000, 90_000, 90_000, 7_200_000]);
    for (const text of ["", "0", "-1s", "25h", "1d", "Infinity", "1e9"])
      expect(() => readTime(text)).toThrow("--for");
  });
});
