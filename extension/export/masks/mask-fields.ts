/** Replaces parts of a JSON payload that JSONPath expressions find (RFC 9535). */
import { exec, query, type JsonValue } from "jsonpath-rfc9535";
import { shortened } from "../../core/text/shortened.ts";

const REPLACED = "…";

/** A page can nest a payload as deep as it likes: what takes a path too long to search is left out. */
const DEEPEST = 100;

/** The library lists all that could come next. */
const LONGEST_REASON = 80;

/**
 * What is wrong with an expression, in a sentence; null: nothing. Payloads are the page's: an expression whose time explodes with
 * what it is used on is refused.
 */
export function problemOfPath(path: string): string | null {
  const bare = path.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "''");
  if (/\b(?:match|search)\s*\(/.test(bare)) return "match() and search() are not supported.";
  if (bare.split("..").length > 2) return 'Only one ".." is supported.';
  try {
    query({}, path);
    return null;
  } catch (error) {
    return shortened(error instanceof Error ? error.message : String(error), LONGEST_REASON);
  }
}

/** @returns null: it is no JSON, or too deep, so that nothing can be found in it */
export function maskFields(payload: string, paths: readonly string[]): string | null {
  let root: JsonValue;
  try {
    root = JSON.parse(payload) as JsonValue;
  } catch {
    return null;
  }
  if (isDeeper(root, DEEPEST)) return null;
  let changes = 0;
  for (const path of paths)
    exec(root, path, (_, place) => {
      changes++;
      root = withReplaced(root, place);
    });
  return changes > 0 ? JSON.stringify(root) : payload;
}

const isDeeper = (value: unknown, most: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  (most === 0 || Object.values(value).some((inner) => isDeeper(inner, most - 1)));

/** The value in which that place is replaced. Something around it may have been replaced already. */
function withReplaced(root: JsonValue, place: readonly (string | number)[]): JsonValue {
  const last = place.at(-1);
  if (last === undefined) return REPLACED;
  let holder: unknown = root;
  for (const key of place.slice(0, -1)) holder = fieldOf(holder, key);
  if (typeof holder !== "object" || holder === null) return root;
  // An assignment to "__proto__" would not replace the field of that name.
  Object.defineProperty(holder, last, {
    value: REPLACED,
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return root;
}

const fieldOf = (holder: unknown, key: string | number): unknown =>
  typeof holder === "object" && holder !== null
    ? Object.getOwnPropertyDescriptor(holder, key)?.value
    : undefined;
