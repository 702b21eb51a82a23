/** Chooses the calls that get an arc beside the visible rows, so that arcs don't cross. Pure. */

export interface Ends<C> {
  readonly call: C;
  /** Rows of its first and last message; may be outside of the visible rows. */
  readonly from: number;
  readonly to: number;
}

/** Short arcs first; one that would overlap another is omitted. The preferred call always gets its arc. */
export function chooseArcs<C>(candidates: readonly Ends<C>[], preferred: C | null): Ends<C>[] {
  const chosen: Ends<C>[] = candidates.filter((one) => one.call === preferred);
  const rest = candidates
    .filter((one) => one.call !== preferred && one.to > one.from)
    .sort((a, b) => a.to - a.from - (b.to - b.from));
  for (const one of rest)
    if (chosen.every((other) => one.to < other.from || one.from > other.to)) chosen.push(one);
  return chosen;
}
