/** Characters that can't be seen but change what is: a right-to-left override makes "gpj.exe" look like "exe.jpg". */

/**
 * Control characters but tab and line ends, direction marks, overrides and isolates, and spaces without width. The joiners
 * of emoji and of Arabic or Indic script are left alone.
 */
const UNSEEN =
  // eslint-disable-next-line no-control-regex -- control characters are what it is about
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/** The text with every such character written out, e.g. as \u202E. */
export const visibleText = (text: string): string =>
  text.replace(UNSEEN, (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
