import { expect, it } from "vitest";
import { visibleText } from "../../../extension/core/text/visible-text.ts";

it.each([
  ["a right-to-left override", "invoice\u202egpj.exe", "invoice\\u202Egpj.exe"],
  ["isolates and marks", "\u2066a\u2069\u200f\u061c", "\\u2066a\\u2069\\u200F\\u061C"],
  ["control characters", "a\u0000b\u001b[31m\u0085", "a\\u0000b\\u001B[31m\\u0085"],
  ["half a pair", "a\ud83d", "a\\uD83D"],
  ["letters without a shape", "ad\u00admin\u3164\u2800", "ad\\u00ADmin\\u3164\\u2800"],
  ["words in tags", "a\u{e0041}", "a\\u{E0041}"],
  ["spaces without width", "ad\u200bmin\ufeff", "ad\\u200Bmin\\uFEFF"],
])("shows %s", (_what, text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

it.each([
  "line\none\ttab\r\n",
  "👨‍👩‍👧 family",
  "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
  "נועה",
  "می‌خواهم",
  "naïve café",
])("leaves %j unchanged", (text) => {
  expect(visibleText(text)).toBe(text);
});
