import { describe, expect, it } from "vitest";
import { runCli } from "./run-cli.ts";

describe("the command line", () => {
  it("prints its version", async () => {
    expect(await runCli(["--version"])).toEqual({ code: 0, out: "1.2.3\n", err: "" });
  });

  it("explains itself on standard output", async () => {
    const { code, out, err } = await runCli(["--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const command of ["report", "check", "summary"]) {
      expect(out).toContain(`  ${command} `);
      const own = await runCli(["help", command]);
      expect(own.code).toBe(0);
      expect(own.out).toContain(`Usage: hubscope ${command}`);
    }
    expect(out).toMatch(/Exit codes: 0 fine/);
  });

  it("knows no other option or command, and names the nearest", async () => {
    const option = await runCli(["report", "--formt", "html", "a.json"]);
    expect(option.code).toBe(2);
    expect(option.err).toBe("hubscope: unknown option '--formt'\n(Did you mean --format?)\n");
    const command = await runCli(["reprt", "a.json"]);
    expect(command.code).toBe(2);
    expect(command.err).toBe("hubscope: unknown command 'reprt'\n(Did you mean report?)\n");
  });

  it("says what is missing", async () => {
    const { code, out, err } = await runCli(["report"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe("hubscope: missing required argument 'files'\n");
  });
});
