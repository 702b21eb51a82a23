const patienceMilliseconds = 8_000;

/** Waits until there is something to return, and says what was missed if it never comes. */
export async function eventually<T>(
  what: string,
  find: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + patienceMilliseconds;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${patienceMilliseconds} ms for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
