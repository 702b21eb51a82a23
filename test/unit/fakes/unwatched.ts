import type { TransferOptions } from "../../../panel/state/source.ts";

/** For an import or export that nobody watches or cancels. */
export const UNWATCHED: TransferOptions = {
  onProgress: () => undefined,
  signal: new AbortController().signal,
};
