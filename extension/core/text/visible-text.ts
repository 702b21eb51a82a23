/**
 * Makes invisible characters visible that change how a text looks: a right-to-left override makes "gpj.exe" look like
 * "exe.jpg".
 */

/**
 * Control characters except tab and line ends, direction marks, overrides and isolates, soft hyphens, letters without a shape
 * and zero-width spaces. Joiners stay, as emoji and Arabic or Indic scripts need them, and so do the tags of a flag
 * (https://www.unicode.org/reports/tr51/#Emoji_Tag_Sequences).
 */
const UNSEEN =
  // eslint-disable-next-line no-control-regex -- it has to match control characters
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]|(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]{0,8})[\u{e0000}-\u{e007f}]|\u034f|\u17b4|\u17b5|\p{Surrogate}/gu;

/** The text with every such character written out, e.g. as \u202E. */
export const visibleText = (text: string): string =>
  text.replace(UNSEEN, (c) => {
    const code = (c.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
  });
