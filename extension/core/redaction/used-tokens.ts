/**
 * The access and connection tokens that this page has used; they stay in the page's memory. Where a server echoes an opaque
 * token, neither its format nor a name reveals it: so texts are searched for the token itself.
 */

/** Limits the texts: the newest tokens, each in all its spellings. */
const MAX_TEXTS = 32;
/** A shorter token may be a part of ordinary words. */
const SHORTEST = 8;
const LONGEST = 8_192;

export interface UsedTokens {
  /** Never changed, only replaced. */
  readonly texts: readonly string[];
  /** @param token as it was sent, percent-encoding included */
  remember(token: string | null | undefined): void;
  /** `access_token` and `id` in an address, and the value of an Authorization header. */
  rememberOf(url: string, authorization: string | null): void;
}

export function createUsedTokens(): UsedTokens {
  let texts: readonly string[] = [];
  const keep = (text: string): void => {
    if (text.length < SHORTEST || text.length > LONGEST || texts[texts.length - 1] === text) return;
    texts = [...texts.filter((other) => other !== text), text].slice(-MAX_TEXTS);
  };
  const self: UsedTokens = {
    get texts() {
      return texts;
    },
    remember(token) {
      if (!token || token.length > LONGEST) return;
      const plain = decoded(token);
      // As in an address, and with the escapes that .NET and PHP use for base64 characters in JSON.
      for (const form of [
        token,
        encoded(plain),
        plain.replace(/\+/g, "\\u002B"),
        plain.replace(/\//g, "\\/"),
        plain,
      ])
        keep(form);
    },
    rememberOf(url, authorization) {
      for (const [, value] of url.matchAll(/[?&](?:access_token|id)=([^&#]*)/g)) self.remember(value);
      const credentials = authorization?.trim();
      self.remember(credentials?.slice(credentials.lastIndexOf(" ") + 1));
    },
  };
  return self;
}

/** A text that can't be encoded or decoded has no other spelling. */
const orItself =
  (code: (text: string) => string) =>
  (text: string): string => {
    try {
      return code(text);
    } catch {
      return text;
    }
  };
const decoded = orItself(decodeURIComponent);
const encoded = orItself(encodeURIComponent);
