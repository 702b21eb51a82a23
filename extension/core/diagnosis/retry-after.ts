import type { Obstacle } from "./verdict.ts";

/** Retry-After holds seconds or a date. */
export const waitOf = (retryAfter: string): string =>
  /^\d+$/.test(retryAfter.trim()) ? `${retryAfter.trim()} s` : `until ${retryAfter}`;

export const retryAfterWords = ({ retryAfter }: Obstacle): string | null =>
  retryAfter === null ? null : `The server sent Retry-After ${waitOf(retryAfter)}; the client ignores it.`;
