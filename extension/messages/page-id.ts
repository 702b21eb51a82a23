import type { PageId } from "../core/ids.ts";

/**
 * A new id for a document's recording: 96 random bits. `crypto.randomUUID` needs a secure context, so it is missing on http
 * pages.
 */
export const newPageId = (): PageId =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
