/** The tabs, from left to right. */
export const TABS = [
  "interruptions",
  "findings",
  "connections",
  "messages",
  "calls",
  "faults",
  "scenarios",
  "simulator",
  "doctor",
  "report",
] as const;
export type TabName = (typeof TABS)[number];
