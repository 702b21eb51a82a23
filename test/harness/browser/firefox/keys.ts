import { parseKey } from "../keys.ts";

/** WebDriver's code points for keys that type no character. */
const codePoints: Record<string, string> = {
  Backspace: "\uE003",
  Tab: "\uE004",
  Enter: "\uE007",
  Shift: "\uE008",
  Control: "\uE009",
  Alt: "\uE00A",
  Escape: "\uE00C",
  PageUp: "\uE00E",
  PageDown: "\uE00F",
  End: "\uE010",
  Home: "\uE011",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
  Insert: "\uE016",
  Delete: "\uE017",
  Meta: "\uE03D",
};

/** The WebDriver actions that press and release a combination such as `Shift+Tab`. */
export function keyActions(combination: string): { type: "keyDown" | "keyUp"; value: string }[] {
  const { modifiers, key } = parseKey(combination);
  const values = [...modifiers, key].map((name) => codePoints[name] ?? name);
  const down = values.map((value) => ({ type: "keyDown" as const, value }));
  const up = values.reverse().map((value) => ({ type: "keyUp" as const, value }));
  return [...down, ...up];
}
