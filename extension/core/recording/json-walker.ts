/**
 * Reads a JSON text that comes in pieces, without ever holding all of it: it goes into the objects and lists that its caller names,
 * and hands out the values inside, parsed; of a long list it hands out a few thousand elements at a time.
 */
import { bytes } from "../text/format.ts";
import { JsonDamage } from "./json-damage.ts";
import { FIRST_QUICK, isCut, moreQuick, quickElements } from "./quick-elements.ts";
import { endOfElements, endOfValue, isSpace, newElementScan, type ElementScan } from "./value-ends.ts";

/** Names of members and indices of elements, from the outermost. */
export type Path = readonly (string | number)[];

/**
 * What to do with a value: "enter" an object or list, so that its values are asked for one by one; hand out the "elements" of a
 * list; "take" it as a whole; or "skip" it. A skipped value is only parsed, as a check, if it is small.
 */
export type Wish = "enter" | "elements" | "take" | "skip";

export type JsonPart =
  | { readonly type: "value"; readonly path: Path; readonly value: unknown }
  /** The next elements of a list, in order. */
  | { readonly type: "elements"; readonly path: Path; readonly values: readonly unknown[] };

export interface JsonWalker {
  /** @throws JsonDamage, after all that could be read before it */
  push(piece: string): Generator<JsonPart, void>;
  /**
   * There is no more text: hands out the elements that were already complete.
   * @returns whether the text was complete
   */
  end(): Generator<JsonPart, boolean>;
}

export interface WalkerLimits {
  /** Elements that are handed out at once. */
  readonly elements: number;
  /** A value, or one element of a list, with more characters is refused. */
  readonly longest: number;
  /** A shorter text isn't tried to be read quickly. */
  readonly leastQuick: number;
}

export const WALKER_LIMITS: WalkerLimits = { elements: 5_000, longest: 64_000_000, leastQuick: 16_384 };

/** In characters: of elements that are handed out at once, unless a single one is longer. */
const LONG = 4 * 1024 * 1024;
/** Values in one object or list that is entered: they are read one by one, which is slow. */
const MOST_ENTERED = 10_000;
/** Skipped values up to this length are checked. */
const CHECKED = 1024 * 1024;

interface Entered {
  readonly path: Path;
  readonly closes: "}" | "]";
  key: string;
  index: number;
}

/** The value that is being read. */
interface Current {
  readonly wish: Wish;
  readonly path: Path;
  /** Where it begins in the whole text. */
  readonly from: number;
  readonly scan: ElementScan;
  parts: string[];
  length: number;
  /** How much of it is before the last comma between elements; 0: there is none. */
  whole: number;
  /** It is behind a comma: there must be an element. */
  wanted: boolean;
  /** How many characters are tried to be read quickly. */
  quick: number;
}

type Expected = "value" | "first value" | "key" | "first key" | "colon" | "comma" | "nothing";

/** @param wishFor is asked at the first character of each value */
export function createJsonWalker(
  wishFor: (path: Path, opens: string) => Wish,
  limits: WalkerLimits,
): JsonWalker {
  const entered: Entered[] = [];
  let expected: Expected = "value";
  let current: Current | null = null;
  /** Length of the text before this piece. */
  let before = 0;
  /** The end of the last piece: the beginning of an element. */
  let rest = "";
  let begun = false;

  const unexpected = (at: number): JsonDamage =>
    new JsonDamage(`it is not valid JSON at character ${before + at + 1}`);

  const begin = (wish: Wish, path: Path, at: number): Current => {
    current = {
      ...{ wish, path, from: before + at, scan: newElementScan() },
      ...{ parts: [], length: 0, whole: 0, wanted: false, quick: FIRST_QUICK },
    };
    return current;
  };

  const beginValue = (text: string, at: number): number => {
    const opens = text[at] ?? "";
    if (!BEGINS.includes(opens)) throw unexpected(at);
    const top = entered.at(-1);
    const path = top ? [...top.path, top.closes === "}" ? top.key : top.index] : [];
    const wish = wishFor(path, opens);
    if (wish === "enter" && (opens === "{" || opens === "[")) {
      entered.push({ path, closes: opens === "{" ? "}" : "]", key: "", index: 0 });
      expected = opens === "{" ? "first key" : "first value";
      return at + 1;
    }
    if (wish === "elements" && opens === "[") {
      begin("elements", path, at + 1);
      return at + 1;
    }
    begin(wish === "skip" ? "skip" : "take", path, at);
    return at;
  };

  const afterValue = (): void => {
    expected = entered.length === 0 ? "nothing" : "comma";
  };

  const leave = (closing: string, at: number): void => {
    if (entered.pop()?.closes !== closing) throw unexpected(at);
    afterValue();
  };

  /** One character between values. @returns the index from which to go on */
  const step = (text: string, at: number): number => {
    const c = text[at] ?? "";
    const top = entered.at(-1);
    switch (expected) {
      case "value":
        return beginValue(text, at);
      case "first value":
      case "first key":
        if (c === top?.closes) {
          leave(c, at);
          return at + 1;
        }
        expected = expected === "first value" ? "value" : "key";
        return at;
      case "key":
        if (c !== '"') throw unexpected(at);
        begin("take", KEY, at);
        return at;
      case "colon":
        if (c !== ":") throw unexpected(at);
        expected = "value";
        return at + 1;
      case "comma":
        if (c === "," && top) {
          if (++top.index >= MOST_ENTERED) throw new JsonDamage("it has too many fields");
          expected = top.closes === "}" ? "key" : "value";
        } else leave(c, at);
        return at + 1;
      case "nothing":
        throw unexpected(at);
    }
  };

  function* readOn(now: Current, text: string, at: number): Generator<JsonPart, number> {
    const isList = now.wish === "elements";
    const end = isList
      ? endOfElements(text, at, now.scan, limits.elements, LONG - now.length)
      : endOfValue(text, at, now.scan);
    if (isList && now.scan.comma >= 0) now.whole = now.length + now.scan.comma - at;
    keep(now, text.slice(at, end < 0 ? text.length : end), limits.longest);
    if (end < 0) return text.length;
    if (!isList) {
      yield* finish(now);
      return end;
    }
    yield* elementsOf(now, now.parts.join(""));
    if (text[end] === ",") {
      begin("elements", now.path, end + 1).wanted = true;
      return end + 1;
    }
    if (text[end] !== "]") throw unexpected(end);
    current = null;
    afterValue();
    return end + 1;
  }

  function* finish(now: Current): Generator<JsonPart, void> {
    current = null;
    if (now.wish === "skip" && now.length > CHECKED) {
      afterValue();
      return;
    }
    const value = parsed(now.parts.join(""), now.from);
    const top = entered.at(-1);
    if (now.path === KEY) {
      if (top) top.key = String(value);
      expected = "colon";
      return;
    }
    afterValue();
    if (now.wish === "take") yield { type: "value", path: now.path, value };
  }

  /** @returns the index behind the elements that were read, which is `at` if there are none */
  function* readQuickly({ path, quick }: Current, text: string, at: number): Generator<JsonPart, number> {
    const found = quickElements(text, at, quick);
    if (!found) return at;
    const { values, comma } = found;
    Object.assign(begin("elements", path, comma + 1), { wanted: true, quick: moreQuick(quick) });
    for (let i = 0; i < values.length; i += limits.elements)
      yield { type: "elements", path, values: values.slice(i, i + limits.elements) };
    return comma + 1;
  }

  /** @returns how much of it was read */
  function* read(text: string, isLast: boolean): Generator<JsonPart, number> {
    for (let at = 0; at < text.length;) {
      if (current?.wish === "elements" && current.length === 0 && text.length >= limits.leastQuick) {
        const from = at;
        at = yield* readQuickly(current, text, at);
        if (at > from) continue;
        if (!isLast && isCut(text, at)) return at;
      }
      if (current) at = yield* readOn(current, text, at);
      else if (isSpace(text.charCodeAt(at))) at++;
      else {
        begun = true;
        at = step(text, at);
      }
    }
    return text.length;
  }

  return {
    *push(piece) {
      const text = rest + piece;
      const end = yield* read(text, false);
      rest = text.slice(end);
      before += end;
    },
    *end() {
      yield* read(rest, true);
      before += rest.length;
      rest = "";
      const now = current;
      if (now?.wish === "elements") {
        // Its last element may be cut.
        try {
          yield* untilDamaged(now, now.parts.join(""));
        } catch (error) {
          if (!(error instanceof JsonDamage)) throw error;
        }
      } else if (now && entered.length === 0) yield* finish(now);
      return begun && expected === "nothing";
    },
  };
}

/** What a value can begin with. */
const BEGINS = '{["-0123456789tfn';

/** Stands for the name of a member: it is read like a value. */
const KEY: Path = ["key"];

function keep(now: Current, text: string, longest: number): void {
  now.length += text.length;
  if (now.wish === "skip" && now.length > CHECKED) now.parts = [];
  else now.parts.push(text);
  if (now.wish !== "skip" && now.length - now.whole > longest)
    throw new JsonDamage(`one value in it is larger than ${bytes(longest)}`);
}

function parsed(text: string, from: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonDamage(`it is not valid JSON in the value that begins at character ${from + 1}`);
  }
}

function* elementsOf(now: Current, text: string): Generator<JsonPart, void> {
  const { path, from } = now;
  if (text.trim() === "") {
    if (now.wanted) throw new JsonDamage(`it is not valid JSON at character ${from + 1}`);
    return;
  }
  let values: unknown[];
  try {
    values = JSON.parse(`[${text}]`) as unknown[];
  } catch {
    yield* untilDamaged(now, text);
    return;
  }
  yield { type: "elements", path, values };
}

/** Hands out the elements before the first that is not valid. */
function* untilDamaged({ path, from }: Current, text: string): Generator<JsonPart, void> {
  const values: unknown[] = [];
  const scan = newElementScan();
  let at = 0;
  let damage: unknown = new JsonDamage(`it is not valid JSON at character ${from + text.length}`);
  while (at < text.length) {
    const end = endOfElements(text, at, scan, 1, Infinity);
    try {
      values.push(parsed(text.slice(at, end < 0 ? text.length : end), from + at));
    } catch (error) {
      damage = error;
      break;
    }
    scan.elements = 0;
    at = (end < 0 ? text.length : end) + 1;
  }
  if (values.length > 0) yield { type: "elements", path, values };
  throw damage;
}
