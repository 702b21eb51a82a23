import type { IncomingMessage } from "node:http";

/** The content of an unsigned test token: when it expires, and whether it is forbidden. */
export interface TestToken {
  readonly expiresAt: number;
  readonly forbidden: boolean;
}

/** Creates a token that looks like a JWT; `exp` is in seconds, and may have decimals. */
export function createTestToken(claims: { exp: number; [claim: string]: unknown }): string {
  const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  return `${encoded({ alg: "none" })}.${encoded(claims)}.`;
}

/** The token of a request, from the `Authorization` header or, where browsers can't set one, from `access_token` in the query. */
export function authenticate(request: IncomingMessage, query: URLSearchParams): TestToken | 401 | 403 {
  const header = request.headers.authorization ?? "";
  const token = header.startsWith("Bearer ") ? header.slice("Bearer ".length) : query.get("access_token");
  const read = readToken(token ?? "");
  if (!read || read.expiresAt <= Date.now()) return 401;
  return read.forbidden ? 403 : read;
}

function readToken(token: string): TestToken | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as {
      exp?: unknown;
      forbidden?: unknown;
    };
    return typeof claims.exp === "number"
      ? { expiresAt: claims.exp * 1_000, forbidden: claims.forbidden === true }
      : undefined;
  } catch {
    return undefined;
  }
}
