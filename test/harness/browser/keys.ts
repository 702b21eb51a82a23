/** Splits a key combination such as `Control+Shift+f`. A trailing `+` is the plus key itself. */
export function parseKey(combination: string): { modifiers: string[]; key: string } {
  const parts = combination.split(/\+(?=.)/);
  const key = parts.pop();
  if (key === undefined || key === "") throw new Error(`no key in "${combination}"`);
  return { modifiers: parts, key };
}
