/** Replaces hosts, connection ids, e-mail addresses and long numbers in a text. */
import { isAzureHost } from "../../core/protocol/addresses.ts";
import {
  EMAIL,
  HOST_IN_URL,
  IPV6,
  LONG_NUMBER,
  TOKEN,
  isDate,
  isIpAddress,
  isLocal,
  looksLikeHost,
} from "./find-in-text.ts";
import { createIdsInWords } from "./ids-in-words.ts";
import type { Masks } from "./masks.ts";
import { createPlaceholders } from "./placeholders.ts";

/** Where a text is. "browser": the versions in it, as in "Gecko/20100101", look like numbers and addresses. "name": of a method, with dots perhaps. */
export type TextPlace = "header" | "browser" | "name" | "other";

export interface TextMasker {
  text(text: string, place?: TextPlace): string;
  /** From now on it is replaced wherever it occurs. */
  learnId(id: string): void;
  id(id: string): string;
  /** Learns the hosts of all addresses in a text. */
  learnHosts(text: string): void;
}

export function createTextMasker(masks: Masks): TextMasker {
  const hosts = createPlaceholders((n, host) =>
    // What the host is stays visible: the causes depend on it.
    isAzureHost(host) ? `host-${n}.service.signalr.net` : `host-${n}.example`,
  );
  const ids = createPlaceholders((n) => `connection-${n}`);
  const idsInWords = createIdsInWords();
  const emails = createPlaceholders((n) => `person-${n}@masked.example`);
  const numbers = createPlaceholders((n, digits) => `9${String(n).padStart(digits.length - 1, "0")}`);

  const hostFor = (host: string): string => (isLocal(host) ? host : hosts.for(host.toLowerCase()));

  const maskNumber = (found: string): string => {
    if (isDate(found)) return found;
    const placeholder = numbers.for(found.replaceAll(/\P{Nd}/gu, ""));
    let at = 0;
    // Its groups stay: a text of the same form.
    return found.replaceAll(/\p{Nd}/gu, () => placeholder[at++] ?? "0");
  };

  const maskToken = (token: string, place: TextPlace, isVersion: boolean): string => {
    const id = masks.connectionIds ? ids.known(token) : undefined;
    if (id !== undefined) return id;
    if (!masks.hosts) return token;
    const host = hosts.known(token.toLowerCase());
    if (host !== undefined) return host;
    const isHost =
      (!isVersion && isIpAddress(token)) || (place !== "name" && looksLikeHost(token, place === "header"));
    return isHost ? hostFor(token) : token;
  };
  /** A sentence may go on without a space: "abc.The connection …". */
  const maskTokens = (token: string, place: TextPlace, isVersion: boolean): string => {
    const masked = maskToken(token, place, isVersion);
    if (masked !== token || ids.size === 0 || !token.includes(".")) return masked;
    return token
      .split(".")
      .map((label) => ids.known(label) ?? label)
      .join(".");
  };

  const splitIds = (text: string): string[] =>
    idsInWords.split(text).map((part, i) => (i % 2 === 1 ? ids.for(part) : part));

  /** In this order, each on what the ones before it have left. */
  const maskPlain = (text: string, place: TextPlace): string => {
    /** Replaces what is found in all parts that are not replaced yet: those with even numbers. */
    const replace = (
      all: readonly string[],
      pattern: RegExp,
      by: (found: RegExpMatchArray) => string,
    ): string[] => all.flatMap((part, i) => (i % 2 === 1 ? [part] : split(part, pattern, by)));
    let masked: string[] = [text];
    if (masks.emails)
      masked = replace(masked, EMAIL, ([found]) => emails.for(found.replace(/%40/i, "@").toLowerCase()));
    const isVersion = (found: RegExpMatchArray): boolean =>
      place === "browser" && found.input?.[(found.index ?? 0) - 1] === "/";
    if (masks.hosts) {
      masked = replace(
        masked,
        HOST_IN_URL,
        ([found, host = ""]) => found.slice(0, found.length - host.length) + hostFor(host),
      );
      masked = replace(masked, IPV6, ([found]) => hostFor(found));
    }
    if (masks.hosts || ids.size > 0)
      masked = replace(masked, TOKEN, (found) => maskTokens(found[0], place, isVersion(found)));
    masked = masked.flatMap((part, i) => (i % 2 === 1 ? [part] : splitIds(part)));
    if (masks.numbers)
      masked = replace(masked, LONG_NUMBER, (found) =>
        found[1] !== undefined || isVersion(found) ? found[0] : maskNumber(found[0]),
      );
    return masked.join("");
  };

  /**
   * Strings of JSON are masked as what they say: servers write "+" and letters as `\\u002B`. They may hold JSON again.
   */
  const maskText = (text: string, place: TextPlace = "other"): string => {
    if (!text.includes("\\") || !text.includes('"')) return maskPlain(text, place);
    return split(text, QUOTED, ([quoted]) => maskQuoted(quoted, place))
      .map((part, i) => (i % 2 === 1 ? part : maskPlain(part, place)))
      .join("");
  };
  const maskQuoted = (quoted: string, place: TextPlace): string => {
    const isClosed = quoted.length > 1 && quoted.endsWith('"');
    try {
      const said = JSON.parse(isClosed ? quoted : `${quoted}"`) as unknown;
      const masked = typeof said === "string" ? maskText(said, place) : said;
      if (masked === said) return quoted;
      const written = JSON.stringify(masked);
      return isClosed ? written : written.slice(0, -1);
    } catch {
      return maskPlain(quoted, place);
    }
  };

  const learnId = (id: string): void => {
    if (!masks.connectionIds) return;
    ids.for(id);
    idsInWords.learn(id);
  };

  return {
    text: maskText,
    learnId,
    id(id) {
      learnId(id);
      return ids.known(id) ?? id;
    },
    learnHosts(text) {
      if (!masks.hosts) return;
      for (const [, host = ""] of text.matchAll(HOST_IN_URL)) hostFor(host);
    },
  };
}

/** A string of JSON, perhaps cut off. */
const QUOTED = /"(?:[^"\\]|\\.)*(?:"|$)/gs;

/** The text between what is found and, at odd places, what stands for it. */
function split(text: string, pattern: RegExp, by: (found: RegExpMatchArray) => string): string[] {
  const parts: string[] = [];
  let done = 0;
  for (const found of text.matchAll(pattern)) {
    const made = by(found);
    if (made === found[0]) continue;
    parts.push(text.slice(done, found.index), made);
    done = found.index + found[0].length;
  }
  parts.push(text.slice(done));
  return parts;
}
