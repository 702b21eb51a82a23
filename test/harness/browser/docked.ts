import type { Size } from "./types.ts";

/** Window size for tests: DevTools has a window of its own. */
export const TEST_WINDOW: Size = { width: 1400, height: 900 };

/** Window size for a person: large enough for the page with DevTools below it. On a smaller screen the window is smaller. */
export const DOCKED_WINDOW: Size = { width: 1440, height: 1080 };
export const DOCKED_HEIGHT = 460;
