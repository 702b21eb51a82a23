/** Which calls get an arc beside the rows on show, so that none crosses another. Pure. */

export interface Ends<C> {
  readonly call: C;
  /** Rows of its first and last message; beyond the rows on show when they aren't among them. */
  readonly from: number;
  readonly to: number;
}

/** Short ones first; one that would overlap an arc that is there is left out. The preferred one always gets its arc. */
export function chooseArcs<C>(candidates: readonly Ends<C>[], preferred: C | null): Ends<C>[] {
  const chosen: Ends<C>[] = candidates.filter((one) => one.call === preferred);
  const rest = candidates
    .filter((one) => one.call !== preferred && one.to > one.from)
    .sort((a, b) => a.to - a.from - (b.to - b.from));
  for (const one of rest)
    if (chosen.every((other) => one.to < other.from || one.from > other.to)) chosen.push(one);
  return chosen;
}
