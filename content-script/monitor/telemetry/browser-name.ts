/** The browser's name and the first part of its version: enough to see that one of them drops, and not enough to know somebody by. */

export interface BrowserName {
  readonly name: string;
  readonly version: string;
}

/** The first that fits: others have its name in their own text, too. */
const BROWSERS: readonly (readonly [name: string, sign: RegExp])[] = [
  ["Edge", /\bEdgA?\/(\d+)/],
  ["Opera", /\bOPR\/(\d+)/],
  ["Samsung Internet", /\bSamsungBrowser\/(\d+)/],
  ["Firefox", /\b(?:Firefox|FxiOS)\/(\d+)/],
  ["Chrome", /\b(?:Chrome|HeadlessChrome|CriOS)\/(\d+)/],
  ["Safari", /\bVersion\/(\d+).*\bSafari\//],
];

export function browserNameOf(userAgent: string): BrowserName {
  for (const [name, sign] of BROWSERS) {
    const version = sign.exec(userAgent)?.[1];
    if (version !== undefined) return { name, version };
  }
  return { name: "other", version: "" };
}
