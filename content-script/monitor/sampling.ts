/**
 * Whether a page is observed. A session has one random number for its whole life: so all its pages are in or out, and a page that is
 * deployed with a higher rate keeps those that were in.
 */

const KEY = "hubscope.monitor";

export interface SamplingPorts {
  random(): number;
  /** Of the session of this tab. null, or an error: there is none, as in a sandboxed frame. */
  readonly storage: () => Pick<Storage, "getItem" | "setItem"> | null;
}

export function isSampled(rate: number, by: "session" | "page", ports: SamplingPorts): boolean {
  if (!(rate > 0)) return false;
  return rate >= 1 || (by === "page" ? ports.random() : drawOf(ports)) < rate;
}

function drawOf({ random, storage }: SamplingPorts): number {
  const drawn = random();
  try {
    const session = storage();
    const known = session?.getItem(KEY);
    const number = typeof known === "string" && known !== "" ? Number(known) : NaN;
    if (number >= 0 && number < 1) return number;
    session?.setItem(KEY, String(drawn));
  } catch {
    // Storage is forbidden or full: this page counts as a session.
  }
  return drawn;
}
