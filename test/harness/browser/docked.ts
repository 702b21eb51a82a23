import type { Size } from "./types.ts";

/** For tests: DevTools have a window of their own. */
export const TEST_WINDOW: Size = { width: 1400, height: 900 };

/** For a person: as much as page and DevTools below it need to be seen. A smaller screen makes it smaller. */
export const DOCKED_WINDOW: Size = { width: 1440, height: 1080 };
export const DOCKED_HEIGHT = 460;
