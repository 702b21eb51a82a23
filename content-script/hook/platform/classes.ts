/** The browser's own classes and their methods: as they were at `document_start`, if the sentinel has taken them. */
import {
  getOwnPropertyDescriptor,
  taken,
  type ClassName,
  type Instance,
} from "../../sentinel/shared-with-hook.ts";

/** One of the browser's classes. */
export const classOf = <N extends ClassName>(name: N): (typeof globalThis)[N] =>
  (taken[name] ?? window[name]) as (typeof globalThis)[N];

/** A method of one of the browser's classes. */
export const methodOf = <N extends ClassName, K extends keyof Instance<N> & string>(
  name: N,
  member: K,
): Instance<N>[K] => {
  const property = taken[name + member] ?? getOwnPropertyDescriptor(window[name].prototype, member);
  return (property as PropertyDescriptor | undefined)?.value as Instance<N>[K];
};
