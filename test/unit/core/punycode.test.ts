import { domainToASCII } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readableSite } from "../../../extension/core/punycode.ts";

describe("an international name", () => {
  it.each([
    ["xn--bcher-kva.example", "bücher.example"],
    ["app.xn--bcher-kva.example:8443", "app.bücher.example:8443"],
    ["xn--fiqs8s", "中国"],
    ["xn--r8jz45g.xn--zckzah:5000", "例え.テスト:5000"],
    ["xn--maana-pta.com", "mañana.com"],
    ["example.com", "example.com"],
    ["127.0.0.1:5000", "127.0.0.1:5000"],
    ["[::1]", "[::1]"],
  ])("%s is shown as %s", (site, text) => {
    expect(readableSite(site)).toBe(text);
  });

  it.each(["xn--", "xn--a-", "xn--a_b", "xn--99999999999999"])(
    "that isn't valid stays as it is: %s",
    (site) => {
      expect(readableSite(site)).toBe(site);
    },
  );

  it("is shown as it was before a browser wrote it in ASCII", () => {
    const scripts = ["aäöüñéç", "абвгдежз", "中国日本語", "한국어", "กขคง", "कखगघ", "אבגד"];
    const letters = fc
      .constantFrom(...scripts)
      .chain((script) => fc.array(fc.constantFrom(...script.split("")), { minLength: 1, maxLength: 15 }));
    fc.assert(
      fc.property(letters, (label) => {
        const name = `${label.join("")}.example`;
        const ascii = domainToASCII(name);
        fc.pre(ascii !== "");
        expect(readableSite(ascii)).toBe(name.normalize("NFC"));
      }),
    );
  });
});
