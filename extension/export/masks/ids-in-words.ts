/** Finds long ids inside of words, as in the name of a group, "room-<id>", in linear time. */

/** A shorter one could be a part of any word. Ids of SignalR have 22 characters, and more. */
const SHORTEST = 16;
/** Ids of one server have one length. A page that names others in thousands doesn't make the search slow. */
const MOST_LENGTHS = 20;

export interface IdsInWords {
  learn(id: string): void;
  /** The text between the ids and, at odd places, the ids. */
  split(text: string): readonly string[];
}

export function createIdsInWords(): IdsInWords {
  const all = new Set<string>();
  /** By how they begin: how long they are, the longest first. */
  const lengths = new Map<string, number[]>();
  return {
    learn(id) {
      if (id.length < SHORTEST || all.has(id)) return;
      const begin = id.slice(0, SHORTEST);
      const known = lengths.get(begin) ?? [];
      lengths.set(begin, known);
      if (!known.includes(id.length)) {
        if (known.length === MOST_LENGTHS) return;
        known.push(id.length);
        known.sort((a, b) => b - a);
      }
      all.add(id);
    },
    split(text) {
      const parts: string[] = [];
      let done = 0;
      if (all.size > 0)
        for (let at = 0; at + SHORTEST <= text.length;) {
          const length = lengths
            .get(text.slice(at, at + SHORTEST))
            ?.find((one) => all.has(text.slice(at, at + one)));
          if (length === undefined) {
            at++;
            continue;
          }
          parts.push(text.slice(done, at), text.slice(at, at + length));
          done = at += length;
        }
      parts.push(text.slice(done));
      return parts;
    },
  };
}
