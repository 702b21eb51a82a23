/**
 * Makes invisible characters visible that change how a text looks: a right-to-left override makes "gpj.exe" look like
 * "exe.jpg".
 */

/**
 * Control characters except tab and line ends, direction marks, overrides and isolates, and zero-width spaces. Joiners stay, as
 * emoji and Arabic or Indic scripts need them.
 */
const UNSEEN =
  // eslint-disable-next-line no-control-regex -- it has to match control characters
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/** The text with every such character written out, e.g. as \u202E. */
export const visibleText = (text: string): string =>
  text.replace(UNSEEN, (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
