/**
 * Text frames of busy connections that are only counted: they wait here, and many are read at once, as code that runs once between
 * two tasks of the page is slow. With one message a frame the page needed 1.24 times its CPU time without Hubscope when each was
 * read at once, and 1.12 times like this (`bench:hook`, Chromium 156).
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
