import type { RecordingModel } from "../../extension/core/model/types.ts";

/** Every document of the recording is gone, or waits in the back-forward cache. */
export const isOver = ({ pages }: RecordingModel): boolean =>
  pages.length > 0 && pages.every((page) => page.endedAt !== null || page.moves.at(-1)?.phase === "pagehide");
