/**
 * Secrets never leave the page: the hook redacts every text before it is recorded, and every export does it again. Removing too
 * much is better than too little; removed parts are shown as "…". What counts as a secret is in `secrets.ts`.
 */
import { findSecrets, holdsAny } from "./secrets.ts";
import type { EpochMilliseconds } from "../units.ts";

const REMOVED = "…";

/** Query parameters that keep their values; of all others only the names are kept. */
const KEPT_PARAMETERS = new Set([
  "negotiateversion",
  "usestatefulreconnect",
  "transport",
  "hub",
  "asrs.op",
  "asrs_lang",
  "asrs_ui_lang",
  "clientprotocol",
]);

/** Removes user and password, fragment, and the values of all query parameters but a few that are SignalR's own. */
export function redactUrl(url: string, known?: readonly string[]): string {
  const bare = url.replace(/#.*$/s, "").replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?]*@/i, "$1");
  const query = bare.indexOf("?");
  if (query < 0) return redactText(bare, known);
  return `${redactText(bare.slice(0, query), known)}?${bare
    .slice(query + 1)
    .split("&")
    .map((parameter) => redactParameter(parameter, known))
    .join("&")}`;
}

/** A parameter without a value, or with an unusual name, may itself be a secret. */
function redactParameter(parameter: string, known?: readonly string[]): string {
  const sign = parameter.indexOf("=");
  const name = parameter.slice(0, Math.max(sign, 0));
  if (KEPT_PARAMETERS.has(name.toLowerCase())) return redactText(parameter, known);
  return /^[\w.$[\]-]{1,40}$/.test(name) &&
    !(known && holdsAny(name, known)) &&
    /[^=]/.test(parameter.slice(sign))
    ? `${name}=${REMOVED}`
    : REMOVED;
}

/**
 * Removes secrets, recognised by their format or by the name before them.
 * @param known secrets to be removed wherever they occur
 * @param end how much of the text is needed. The text after it can show that something before it is a secret:
 * `https://user:password@…`
 */
export function redactText(text: string, known?: readonly string[], end = text.length): string {
  let clean = "";
  let done = 0;
  for (const { from, to, quote } of findSecrets(text, known)) {
    if (from >= end) break;
    clean += `${text.slice(done, from)}${quote}${REMOVED}${quote}`;
    done = to;
  }
  return clean + text.slice(done, Math.max(done, end));
}

/** How many characters after the needed part of a text have to be searched. */
export const BEHIND = 1_000;

const MASK = "*";

/** The same for text made from bytes, whose length must not change: every character of a secret becomes "*". */
export function maskText(text: string): string {
  let masked = "";
  for (const { from, to } of findSecrets(text))
    masked += text.slice(masked.length, from) + MASK.repeat(to - from);
  return masked + text.slice(masked.length);
}

/** Masks only these. */
export const maskKnown = (text: string, known: readonly string[]): string =>
  holdsAny(text, known)
    ? known.reduce((masked, secret) => masked.split(secret).join(MASK.repeat(secret.length)), text)
    : text;

/** `exp` of a JWT, the only part that is ever kept. undefined: not a JWT with an expiry. */
export function expiryOf(
  token: string | null | undefined,
  decode: (base64: string) => string,
): EpochMilliseconds | undefined {
  const body = token?.split(".")[1];
  if (!body || !token.startsWith("eyJ")) return undefined;
  try {
    const { exp } = JSON.parse(decode(body.replace(/-/g, "+").replace(/_/g, "/"))) as { exp?: unknown };
    return typeof exp === "number" ? exp * 1000 : undefined;
  } catch {
    return undefined; // not a JWT after all
  }
}
