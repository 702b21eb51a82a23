/** Which browser's engine the panel runs in; the page runs in the same. */
export const engine: "chromium" | "firefox" = navigator.userAgent.includes("Firefox/")
  ? "firefox"
  : "chromium";
