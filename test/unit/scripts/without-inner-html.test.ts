import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { withoutInnerHtml } from "../../../scripts/without-inner-html.ts";

const preact = readFileSync(createRequire(import.meta.url).resolve("preact"), "utf8");

describe("withoutInnerHtml", () => {
  it("removes every way to set markup from the installed preact", () => {
    expect(preact).toMatch(/\.innerHTML=/);
    expect(withoutInnerHtml(preact)).not.toMatch(/\.innerHTML\s*=[^=]/);
  });

  it("rejects a source that sets markup in an unknown way", () => {
    expect(() => withoutInnerHtml("a.innerHTML=b.html")).toThrow("adapt without-inner-html.ts");
    expect(() => withoutInnerHtml("nothing here")).toThrow("adapt without-inner-html.ts");
  });
});
