import { endOf } from "../../extension/core/model/page-end.ts";
import type { RecordingModel } from "../../extension/core/model/types.ts";

/** Every document of the recording is gone, waits in the back-forward cache, or goes on unrecorded. */
export const isOver = ({ pages }: RecordingModel): boolean =>
  pages.length > 0 && pages.every((page) => endOf(page) !== null || page.moves.at(-1)?.phase === "pagehide");
