/** A browser by the name that people use, from its user agent: "Chrome 143", "Firefox 146", "Edge 143". The whole text if it is another one. */
export function browserName(userAgent: string): string {
  for (const [pattern, name] of BROWSERS) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return userAgent;
}

/** In this order: all but Firefox call themselves Chrome, too. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bFirefox\/(\d+)/, "Firefox"],
  [/\bEdgA?\/(\d+)/, "Edge"],
  [/\bOPR\/(\d+)/, "Opera"],
  [/\b(?:Headless)?Chrome\/(\d+)/, "Chrome"],
];
