import type { PagePiece, RecordingSource } from "../../../extension/export/recording-source.ts";

/** A source of pieces that exist already. */
export const inMemory = (...pieces: readonly PagePiece[]): RecordingSource => ({
  async *read() {
    await Promise.resolve();
    yield* pieces;
  },
  scorecard: () => null,
});
