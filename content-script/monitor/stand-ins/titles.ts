/** In the monitor's build in place of `core/diagnosis/titles.ts`: causes and obstacles are sent by their names. */
const NONE: Readonly<Record<string, string | undefined>> = {};

export const CAUSE_TITLE = NONE;
export const OBSTACLE_TITLE = NONE;
export const TRANSPORT_OBSTACLE_TITLE = NONE;
