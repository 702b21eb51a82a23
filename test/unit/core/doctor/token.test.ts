import { describe, expect, it } from "vitest";
import {
  BEGAN,
  START,
  appBy,
  direct,
  negotiated,
  outcome,
  report,
  verdict,
  type Fact,
  type Run,
} from "./doctor-script.ts";

const T = START + BEGAN;
const token = (run: Run) => outcome("token", run);
const by = (began: Run["began"], ...facts: readonly Fact[]): Run => ({ began: began ?? {}, facts });
const no = negotiated({ status: 401, error: "Unauthorized" });
const forbidden = negotiated({ status: 403, error: "Forbidden" });

describe("token", () => {
  it("not judged: none is used, or no negotiate was answered", () => {
    expect(token({})).toBe(undefined);
    expect(token(by({ token: "none" }, negotiated()))).toBe(undefined);
    expect(token(by({ token: "borrowed" }))).toBe(undefined);
    expect(token(by({ token: "borrowed" }, negotiated({ status: null })))).toBe(undefined);
    expect(token(by({ token: "borrowed" }, negotiated({ status: 500 })))).toBe(undefined);
  });

  it("isn't refused: that doesn't say that it was looked at", () => {
    const run = by({ token: "borrowed", tokenExpiresAt: T + 90_000 }, negotiated());
    expect(token(run)).toBe("fine");
    expect(verdict("token", run)?.say).toBe(
      "It expires in 1 min 30 s. A hub that wants no user doesn't look at it, and single methods may still want more.",
    );
    expect(token(by({ token: "borrowed" }, negotiated()))).toBe("fine");
  });

  it("has expired: surer when no clock skew explains it", () => {
    const ago = (ms: number) => by({ token: "borrowed", tokenExpiresAt: T - ms }, no, no, no);
    expect(token(ago(60_000))).toBe("problem app medium");
    expect(token(ago(301_000))).toBe("problem app high");
    expect(verdict("token", ago(301_000))?.say).toContain("by this computer's clock");
  });

  it("has expired, and the server takes it", () => {
    expect(token(by({ token: "borrowed", tokenExpiresAt: T - 1 }, negotiated()))).toBe("note");
  });

  it("has expired, but 403 isn't about that", () => {
    const run = by({ token: "borrowed", tokenExpiresAt: T - 600_000 }, forbidden);
    expect(token(run)).toBe("problem server medium");
    expect(verdict("token", run)).toMatchObject({ title: "The server refuses the app's user" });
    expect(verdict("token", run)?.say).not.toMatch(/hasn't expired/);
  });

  it("is refused before its end", () => {
    const run = by({ token: "borrowed", tokenExpiresAt: T + 600_000 }, no);
    expect(token(run)).toBe("problem server medium");
    expect(JSON.stringify(verdict("token", run))).toContain("clocks of server and computer");
    // The app is connected with it, or signs in by an HTTP client of its own.
    expect(token({ ...run, before: appBy("WebSockets") })).toBe("problem server low");
  });

  it("a 403 with a page of its own may be a firewall's", () => {
    const page = negotiated({ status: 403, error: "Attention Required!" });
    expect(token(by({ token: "borrowed" }, page))).toBe("problem server low");
  });

  it("only some negotiates are refused", () => {
    for (const tokenExpiresAt of [T - 600_000, T + 600_000])
      expect(token(by({ token: "borrowed", tokenExpiresAt }, negotiated(), no, negotiated()))).toBe(
        "problem server medium",
      );
  });

  it("none is sent", () => {
    expect(token(by({ token: "none" }, no))).toBe("problem app medium");
    expect(token({ ...by({ token: "none" }, no), before: appBy("WebSockets") })).toBe("problem app low");
  });

  it("wasn't found", () => {
    const run = by({ token: "unknown" }, no, no, no, direct("refused"));
    expect(token(run)).toBe("cant-tell");
    expect(report(run)).toMatchObject({ where: null, headline: "It can't be told: The server wants a user" });
    expect(token(by({ token: "unknown" }, negotiated()))).toBe(undefined);
  });

  it("its factory fails, or doesn't answer", () => {
    const failed = (error: string) => by({ token: "failed", error }, no);
    expect(token(failed("Not signed in."))).toBe("problem app high");
    expect(token(failed("The app's token factory did not answer within 10 s."))).toBe("problem app medium");
  });
});
