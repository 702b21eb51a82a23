/** The same text always gets the same placeholder. */
export interface Placeholders {
  /** Makes one if there is none yet. */
  for(text: string): string;
  /** undefined: there is none. */
  known(text: string): string | undefined;
  readonly size: number;
}

/** @param make from the number, counted from 1, and the text itself */
export function createPlaceholders(make: (n: number, text: string) => string): Placeholders {
  const all = new Map<string, string>();
  return {
    for(text) {
      const known = all.get(text);
      if (known !== undefined) return known;
      const made = make(all.size + 1, text);
      all.set(text, made);
      return made;
    },
    known: (text) => all.get(text),
    get size() {
      return all.size;
    },
  };
}
