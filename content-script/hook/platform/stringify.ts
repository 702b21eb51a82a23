import { toJson } from "../../sentinel/shared-with-hook.ts";

/** Ignores any `toJSON` that the page has put on a prototype: each value is read from its holder again. */
export const stringify = (value: unknown): string =>
  toJson(value, function (this: Record<string, unknown>, key: string) {
    return this[key];
  });
