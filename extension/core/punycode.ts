/** International names: addresses have them in ASCII (`xn--bcher-kva.example`), people write and read `bücher.example`. */

/** The parameters of RFC 3492, section 5. */
const [BASE, T_MIN, T_MAX, SKEW, DAMP] = [36, 1, 26, 38, 700];
const PREFIX = "xn--";

/** A site as people write it. What isn't valid stays as it is. */
export const readableSite = (site: string): string =>
  site
    .split(".")
    .map((label) => (label.startsWith(PREFIX) ? (decoded(label.slice(PREFIX.length)) ?? label) : label))
    .join(".");

function decoded(label: string): string | null {
  const [, text = "", digits = "", port = ""] = /^(?:(.*)-)?([a-z\d]+)(:\d+)?$/.exec(label) ?? [];
  const out = text.split("");
  let code = 128;
  let i = 0;
  let bias = 72;
  for (let at = 0; at < digits.length;) {
    const before = i;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      // Digits are a to z, then 0 to 9.
      const digit = (Number.parseInt(digits[at++] ?? "", 36) + 26) % 36;
      if (Number.isNaN(digit)) return null;
      i += digit * weight;
      const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const length = out.length + 1;
    bias = adapted(i - before, length, before === 0);
    code += Math.floor(i / length);
    i %= length;
    if (code > 0x10ffff) return null;
    out.splice(i++, 0, String.fromCodePoint(code));
  }
  return digits === "" ? null : out.join("") + port;
}

function adapted(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2));
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
