/** A report on standard output, where that is a terminal and where it isn't. */
import { describe, expect, it } from "vitest";
import { resultStream } from "../../../extension/cli/report/result-stream.ts";
import { writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { pipeline } from "node:stream/promises";
import { Writable } from "node:stream";
import { range } from "../fakes/events.ts";
import { runCli } from "./run-cli.ts";

/** A window title, "clear the screen" of C1, a direction override. */
const EVIL = "\u009b2J\u202e\u007f";
const stdin = writeRecordingFile(
  [
    {
      page: "top",
      recording: "top",
      url: "https://a.example/",
      events: range(1, 3, { payload: `{"arguments":["${EVIL}"]}` }),
    },
  ],
  { exportedAt: "2026-11-24T10:00:00Z", hubscope: "1.0.0" },
);
const CONTROL = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u;

describe("hubscope report on a terminal", () => {
  it.each(["json", "har", "events", "calls", "html", "txt"])(
    "writes no control character: %s",
    async (format) => {
      const args = ["report", "-", "-f", format];
      const { code, out } = await runCli(args, { stdin, isTTY: true });
      expect(code).toBe(0);
      expect(out.replaceAll("\r\n", "\n")).not.toMatch(CONTROL);
    },
  );

  it("leaves the format as it is elsewhere", async () => {
    const { out } = await runCli(["report", "-", "-f", "json"], { stdin });
    expect(out).toContain(EVIL);
  });

  it("knows a character and a line end that are in two pieces", async () => {
    let out = "";
    const terminal = Object.assign(
      new Writable({
        write(data: Buffer, _, done) {
          out += data.toString();
          done();
        },
      }),
      { isTTY: true },
    );
    const parts = ["a\r", "\nb\rc", Buffer.from([0xc2]), Buffer.from([0x9b]), "d\r"].map((one) =>
      Buffer.from(one),
    );
    await pipeline(parts, resultStream(terminal));
    expect(out).toBe(String.raw`a${"\r\n"}b\u000Dc\u009Bd\u000D`);
  });
});
