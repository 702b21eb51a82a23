/**
 * Secrets never leave the page: the hook redacts every URL and text before it is recorded, and the export does it again.
 * Rather too much than too little; what was taken out stays visible as "…".
 */
import type { EpochMilliseconds } from "./units.ts";

const REMOVED = "…";

/** Query parameters whose value is kept; of all others only the name is. */
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
export function redactUrl(url: string): string {
  const bare = url.replace(/#.*$/s, "").replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?]*@/i, "$1");
  const query = bare.indexOf("?");
  if (query < 0) return redactText(bare);
  const parameters = bare
    .slice(query + 1)
    .split("&")
    .map((parameter) => {
      const [name = "", ...value] = parameter.split("=");
      if (value.length === 0 || KEPT_PARAMETERS.has(name.toLowerCase())) return redactText(parameter);
      return `${name}=${REMOVED}`;
    });
  return `${redactText(bare.slice(0, query))}?${parameters.join("&")}`;
}

const SECRET_NAME =
  "(?:access_?token|refresh_?token|id_?token|connection_?token|authorization|password|secret|api_?key)";

type Replace = (match: string, ...groups: string[]) => string;

/**
 * Each pattern with what takes the place of its match. The page waits for them, whatever its texts are: every pattern begins
 * with something fixed, and once it has begun it never has to give back more than a few characters.
 */
type Secrets = readonly (readonly [RegExp, string | Replace])[];

/** Made when the first suspicious text comes: the hook is on every page, and most have none. */
let made: Secrets | undefined;
const secrets = (): Secrets =>
  (made ??= [
    // A field with a secret's name; a value that was cut off goes to the end.
    [new RegExp(`("${SECRET_NAME}"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*("|\\\\?$)`, "gi"), `$1${REMOVED}$2`],
    // The same in JSON that is a text within JSON, {\"password\":\"…\"}: b backslashes before each of its own quotes. A quote
    // that belongs to the value has 2b + 1; an end after n backslashes of the value, 2(b + 1)n + b.
    [
      new RegExp(
        `(?<!\\\\)(\\\\{1,8})"(${SECRET_NAME})\\1"(\\s*:\\s*)\\1"[^]*?(?:(?<!\\\\)(?:\\1\\1\\\\\\\\)*\\1"|$)`,
        "gi",
      ),
      `$1"$2$1"$3$1"${REMOVED}$1"`,
    ],
    // User and password in an address.
    [/(:\/\/)[^\s/?#"'@\\]+@/g, "$1"],
    // JWTs, secret query parameters, and what follows an authentication scheme.
    [
      /\beyJ[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*){0,2}/g,
      (match) => (/\.[A-Za-z0-9_-]{4}/.test(match) ? REMOVED : match),
    ],
    [/([?&](?:access_token|id|connectionToken|token|sig|code|key)=)[^&\s"'\\]+/gi, `$1${REMOVED}`],
    [/\b(Bearer|Basic)(\s+|%20)[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${REMOVED}`],
  ]);

/** A cheap look for anything that the patterns could match: most texts are left alone. */
const SUSPICIOUS =
  /eyJ|:\/\/[^\s/"]{1,200}@|[?&](?:access_token|id|connectionToken|token|sig|code|key)=|bearer|basic|token\\*"|authorization\\*"|password\\*"|secret\\*"|key\\*"/i;

export const isSuspicious = (text: string): boolean => SUSPICIOUS.test(text);

/** Removes JWTs, bearer tokens, secret query parameters and the values of fields with a secret's name. */
export function redactText(text: string): string {
  if (!isSuspicious(text)) return text;
  let clean = text;
  for (const [pattern, replacement] of secrets())
    clean =
      typeof replacement === "string"
        ? clean.replace(pattern, replacement)
        : clean.replace(pattern, replacement);
  return clean;
}

const MASK = "*";

/** The same for bytes whose number and places must stay: every character of a secret becomes "*". */
export function maskText(text: string): string {
  if (!isSuspicious(text)) return text;
  let masked = text;
  for (const [pattern, replacement] of secrets())
    masked = masked.replace(pattern, (match: string, ...groups: string[]) => {
      const clean =
        typeof replacement === "string"
          ? replacement.replace(/\$(\d)/g, (_, group: string) => groups[Number(group) - 1] ?? "")
          : replacement(match);
      const [before = "", after = ""] = clean.split(REMOVED);
      return `${before.padEnd(match.length - after.length, MASK)}${after}`.slice(0, match.length);
    });
  return masked;
}

let names: RegExp | undefined;
/** Whether a field of this name holds a secret. */
export const isSecretName = (name: string): boolean =>
  (names ??= new RegExp(`^${SECRET_NAME}$`, "i")).test(name);

/** `exp` of a JWT, the only thing that is ever kept of one. undefined for anything that isn't a JWT with an expiry. */
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
