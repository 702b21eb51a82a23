/** Source text of an expression that calls `fn` in another document. Its value is a promise of the result. */
export function callSource(fn: (...args: never[]) => unknown, args: readonly unknown[]): string {
  // Compilers that keep function names wrap functions in a helper `__name`, which doesn't exist in the other document.
  return `(async () => { const __name = (fn) => fn; return await (${fn.toString()})(...${JSON.stringify(args)}); })()`;
}
