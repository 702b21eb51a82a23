import { describe, expect, it } from "vitest";
import { writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { range } from "../fakes/events.ts";
import { runCli } from "./run-cli.ts";

const recordingOf = (frame: Parameters<typeof range>[2]): string =>
  writeRecordingFile(
    [{ page: "top", recording: "top", url: "https://top.example/", events: range(1, 2, frame) }],
    { exportedAt: "2026-11-24T10:00:00Z", hubscope: "1.0.0" },
  );

describe("hubscope report --replace", () => {
  it("replaces hosts and fields, in whatever format", async () => {
    const said = recordingOf({ payload: '{"arguments":["secret plan"]}' });
    const args = ["report", "-", "--replace", "hosts,emails", "--replace-field", "$.arguments[0]"];
    const { code, out } = await runCli([...args, "-f", "json"], { stdin: said });
    expect(code).toBe(0);
    expect(out).toContain("https://host-1.example/");
    expect(out).not.toMatch(/top\.example|secret plan/);
  });

  it("takes several fields, and leaves the files behind them alone", async () => {
    const said = recordingOf({ payload: '{"arguments":["secret plan",{"name":"Ada"}]}' });
    const fields = ["--replace-field", "$.arguments[0]", "--replace-field", "$..name"];
    const { code, out } = await runCli(["report", "-f", "json", ...fields, "-"], { stdin: said });
    expect(code).toBe(0);
    expect(out).toContain("…");
    expect(out).not.toMatch(/Ada|secret plan/);
  });

  it("writes nothing when it is empty, as of a variable that isn't set", async () => {
    const { code, out, err } = await runCli(["report", "-", "--replace", ""], { stdin: recordingOf({}) });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("--replace is empty");
  });

  it("says what is wrong, and writes nothing", async () => {
    const wrong = await runCli(["report", "-", "--replace", "names"], { stdin: recordingOf({}) });
    expect(wrong).toMatchObject({ code: 2, out: "" });
    expect(wrong.err).toContain("there is no names, only hosts, connection-ids, emails, numbers");
    const path = await runCli(["report", "-", "--replace-field", "$..[?("], { stdin: recordingOf({}) });
    expect(path).toMatchObject({ code: 2, out: "" });
    expect(path.err).toMatch(
      /^hubscope: --replace-field: `\$\.\.\[\?\(` is no JSONPath: Expected "!".{60,70}…\n$/,
    );
  });
});
