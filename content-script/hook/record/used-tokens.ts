/**
 * The access and connection tokens that this page has used, in the page's memory only. An opaque one has no shape and no name by
 * which it is known where a server echoes it: so it is looked for as it is.
 */

/** Newest ones, each in the forms in which it is written down. */
const MAX_TEXTS = 32;
/** A shorter one may be a part of ordinary words. */
const SHORTEST = 8;
const LONGEST = 8_192;

export interface UsedTokens {
  /** Never changed, only replaced. */
  readonly texts: readonly string[];
  /** @param token as it was sent: with its percent signs, if it has any */
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
      // As it is in an address, and as .NET and PHP write the signs of base64 in JSON.
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

/** What can't be coded has no other form. */
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
