import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { withoutInnerHtml } from "../../../scripts/without-inner-html.ts";

const preact = readFileSync(createRequire(import.meta.url).resolve("preact"), "utf8");

describe("withoutInnerHtml", () => {
  it("leaves the installed preact no way to set markup", () => {
    expect(preact).toMatch(/\.innerHTML=/);
    expect(withoutInnerHtml(preact)).not.toMatch(/\.innerHTML\s*=[^=]/);
  });

  it("refuses a source that sets markup in a way it doesn't know", () => {
    expect(() => withoutInnerHtml("a.innerHTML=b.html")).toThrow("adapt without-inner-html.ts");
    expect(() => withoutInnerHtml("nothing here")).toThrow("adapt without-inner-html.ts");
  });
});
