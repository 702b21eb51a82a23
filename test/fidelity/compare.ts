import { FAULT_DETAILS } from "../../extension/core/faults/vocabulary.ts";
import type { FaultDetails } from "../../extension/core/faults/fault-details.ts";
import type { BrowserName } from "../harness/browser/index.ts";
import type { AnyPair, Aspect, Known, Variant } from "./pair.ts";
import type { Seen } from "./seen.ts";

export interface Difference {
  readonly at: Aspect;
  readonly real: readonly string[];
  readonly injected: readonly string[];
  /** The listed limitations that explain the difference; empty if none does. */
  readonly because: readonly string[];
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Differences that the fault's limitations list, but that don't exist. */
  readonly gone: readonly Difference[];
}

const ASPECTS: readonly Aspect[] = ["app", "server", "id", "page"];

export function compare(
  { fault, known = [], without = [] }: AnyPair,
  where: { readonly variant: Variant; readonly browser: BrowserName },
  real: Seen,
  injected: Seen,
): Comparison {
  const differences: Difference[] = [];
  const gone: Difference[] = [];
  const told: FaultDetails["realism"]["limitations"] = FAULT_DETAILS[fault].realism.limitations;
  for (const at of ASPECTS) {
    if (without.includes(at)) continue;
    const found = differenceOf(real[at], injected[at]);
    const expected = (known as readonly Known<typeof fault>[]).filter(
      (one) =>
        one.at === at &&
        (one.on?.includes(where.variant) ?? true) &&
        (one.browser === undefined || one.browser === where.browser),
    );
    const wanted = {
      real: expected.flatMap((one) => one.real ?? []),
      injected: expected.flatMap((one) => one.injected ?? []),
    };
    const reasons = expected.map(({ because }) => because);
    const isKnown = same(found.real, wanted.real) && same(found.injected, wanted.injected);
    if (found.real.length + found.injected.length > 0)
      differences.push({
        at,
        ...found,
        because: isKnown ? reasons.filter((reason) => told.includes(reason)) : [],
      });
    if (!isKnown && expected.length > 0) gone.push({ at, ...wanted, because: reasons });
  }
  return { differences, gone };
}

/** Whether there are no differences but those that the fault's limitations list. */
export const isAlike = ({ differences, gone }: Comparison): boolean =>
  gone.length === 0 && differences.every(({ because }) => because.length > 0);

const same = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

/** The lines of both that aren't part of their longest common subsequence. */
export function differenceOf(
  a: readonly string[],
  b: readonly string[],
): { readonly real: string[]; readonly injected: string[] } {
  const longest = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i]![j] =
        a[i] === b[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
  const real: string[] = [];
  const injected: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && longest[i + 1]![j]! >= longest[i]![j + 1]!))
      real.push(a[i++]!);
    else injected.push(b[j++]!);
  }
  return { real, injected };
}
