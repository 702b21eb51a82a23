/**
 * Text frames of busy connections that are only counted: they wait here, and many are read at once. Read one by one between the
 * tasks of the page, each would cost it several times as much: by then the processor has forgotten our code, and the browser
 * optimises code by how often it runs.
 */
import { guarded } from "../../sentinel/shared-with-hook.ts";

/** Limits what waits, in characters, and the time that reading takes at once: less than a millisecond. */
const MAX_SIZE = 256 * 1024;
/** A frame takes as long as this many characters. */
const PER_FRAME = 500;

export interface Postponed {
  /** @param length of the text */
  add(read: () => void, length: number): void;
  /** Reads them, in their order. */
  readAll(): void;
}

export function createPostponed(): Postponed {
  let frames: (() => void)[] = [];
  let size = 0;
  const self: Postponed = {
    add(read, length) {
      frames[frames.length] = read;
      size += length + PER_FRAME;
      if (size > MAX_SIZE) self.readAll();
    },
    readAll() {
      if (size === 0) return;
      const all = frames;
      frames = [];
      size = 0;
      // No loop over its values: the page may have replaced the iterator of arrays.
      for (let i = 0; i < all.length; i++) guarded(all[i] as () => void);
    },
  };
  return self;
}
