/** Compressed content can't be unpacked further. What came before it is right. */
export class BrokenContent extends Error {
  constructor() {
    super("it is damaged: its compressed content ends early or is broken");
  }
}
