/** The source of an expression that calls `fn` in another document; its value is a promise of the result. */
export function callSource(fn: (...args: never[]) => unknown, args: readonly unknown[]): string {
  // Compilers that keep function names wrap functions in a helper, which the other document doesn't have.
  return `(async () => { const __name = (fn) => fn; return await (${fn.toString()})(...${JSON.stringify(args)}); })()`;
}
