/** Replaces parts of a JSON payload that JSONPath expressions find (RFC 9535). */
import { exec, query, type JsonValue } from "jsonpath-rfc9535";

const REPLACED = "…";

/** What is wrong with an expression, in a sentence; null: nothing. */
export function problemOfPath(path: string): string | null {
  try {
    query({}, path);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @returns null: it is no JSON, so that nothing can be found in it */
export function maskFields(payload: string, paths: readonly string[]): string | null {
  let root: JsonValue;
  try {
    root = JSON.parse(payload) as JsonValue;
  } catch {
    return null;
  }
  let changes = 0;
  for (const path of paths)
    exec(root, path, (_, place) => {
      changes++;
      root = withReplaced(root, place);
    });
  return changes > 0 ? JSON.stringify(root) : payload;
}

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
