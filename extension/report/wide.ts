/** What is wider than a phone scrolls by itself; whoever uses the keyboard must be able to get there. */
export const wide = (label: string) =>
  ({ class: "wide", role: "group", "aria-label": label, tabIndex: 0 }) as const;
