/** In the monitor's build in place of `hook/client/mistakes.ts`. */
import type { Mistakes } from "../../hook/client/mistakes.ts";

export const createMistakes = (): Mistakes => ({ note: () => undefined });
