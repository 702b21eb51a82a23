import type { Milliseconds } from "../../../extension/core/units.ts";

/** How long a server keeps a lost connection for a stateful reconnect. */
export const resumeWindow = (url: string): Milliseconds =>
  /^[a-z]+:\/\/[^/?#]*\.service\.signalr\.(net|us|azure\.cn)(?=[:/?#]|$)/.test(url) ? 30_000 : 15_000;
