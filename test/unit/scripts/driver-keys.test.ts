import { describe, expect, it } from "vitest";
import { keyActions } from "../../harness/browser/firefox/keys.ts";
import { parseKey } from "../../harness/browser/keys.ts";

describe("parseKey", () => {
  it.each([
    ["a", [], "a"],
    ["Shift+Tab", ["Shift"], "Tab"],
    ["Control+Shift+f", ["Control", "Shift"], "f"],
    ["+", [], "+"],
    ["Control++", ["Control"], "+"],
  ])("splits %s", (combination, modifiers, key) => {
    expect(parseKey(combination)).toEqual({ modifiers, key });
  });
});

describe("keyActions", () => {
  it("releases in the opposite order", () => {
    expect(keyActions("Shift+a")).toEqual([
      { type: "keyDown", value: "\uE008" },
      { type: "keyDown", value: "a" },
      { type: "keyUp", value: "a" },
      { type: "keyUp", value: "\uE008" },
    ]);
  });
});
