/**
 * What a page has and a worker doesn't, for the code of sentinel and hook: the build puts these in the place of the page's
 * globals. Nothing of it reaches the worker's own code.
 */

/** Never dispatches anything: a worker is neither shown nor hidden. */
export const document = Object.assign(new EventTarget(), {
  baseURI: location.href,
  visibilityState: "visible",
});

export const window = globalThis;

export class Document {
  getElementById(): null {
    return null;
  }
}

export class Element {
  getAttribute(): null {
    return null;
  }
}

export class MutationObserver {
  observe(): void {
    // nothing changes
  }
  disconnect(): void {
    // nothing was observed
  }
}
