/** What a text has in it that may have to be replaced: hosts, e-mail addresses, long numbers. Letters and digits of any script. */

/** One label of a host's name. */
const LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?";

/** With a dot in its host, as in addresses that people have. Its @ may be percent-encoded. */
export const EMAIL = new RegExp(
  `[\\p{L}\\p{N}.!$'*+^_\`{|}~-]{1,64}(?:@|%40)${LABEL}(?:\\.${LABEL}){1,8}`,
  "giu",
);

/** W3C's traceparent, a GUID, the id of a trace or a span: with letters, as numbers don't have them. */
const HEX_ID = `(?:${[
  "[\\da-f]{2}-[\\da-f]{32}-[\\da-f]{16}-[\\da-f]{2}",
  "(?=[\\d-]{0,35}[a-f])[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}",
  "(?=(?:\\d{0,62}[a-f]){2})[\\da-f]{16,64}",
].join("|")})(?![\\p{L}\\p{Nd}])`;
/**
 * Six or more digits, also in groups, as in "+49 30 1234567". Not behind a letter or a decimal point. Group 1: it is no number, but an id
 * that has digits: with others in their place it would name a trace that doesn't exist.
 */
export const LONG_NUMBER = new RegExp(
  `(?<![\\p{L}\\p{Nd}]|\\p{Nd}\\.)(?:(${HEX_ID})|\\+?\\p{Nd}(?:(?:[ \\u{a0}_-](?!${HEX_ID}))?\\p{Nd}){5,})`,
  "giu",
);
/** A date looks like one. */
const DATE = /^\d{4}-\d\d-\d\d(?: \d\d)?$/;
export const isDate = (number: string): boolean => DATE.test(number);

/** The host of an address in a text, with or without user names and a port; group 1 is the host. Also percent-encoded. */
export const HOST_IN_URL =
  /\b[a-z][a-z0-9+.-]{0,20}(?:\/\/|:\/\/|%3A%2F%2F)(?:[^/?#\s"'\\@%]{0,200}@)?(\[[0-9a-f:.]+\]|[\p{L}\p{N}_.-]+)/giu;

/**
 * Six groups or a double colon, and a digit: times and names of code have neither. Servers that listen to both kinds write IPv4 as
 * "::ffff:10.20.30.40".
 */
export const IPV6 =
  /(?<![\p{L}\p{N}:.])(?=[0-9a-f:]{0,60}?(?:::|(?:[0-9a-f]{1,4}:){5}))(?=[a-f:]{0,40}\d)[0-9a-f:]{3,45}(?:(?<=:\d{1,3})(?:\.\d{1,3}){3}(?![\p{L}\p{N}]|\.\d))?(?:%\w{1,20})?/giu;
const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;

/** What a host or a connection id is made of. */
export const TOKEN = /[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*/gu;

/** This computer: says nothing of anybody. */
const LOCAL = /^(?:localhost|\[?(?:::ffff:)?127\.\d+\.\d+\.\d+\]?|\[?::1\]?|0\.0\.0\.0)$/i;

export const isLocal = (host: string): boolean => LOCAL.test(host);
export const isIpAddress = (token: string): boolean =>
  IPV4.test(token) && token.split(".").every((part) => Number(part) <= 255);

/** Names of files end like names of hosts. */
const FILE = /\.(?:js|mjs|cjs|ts|tsx|jsx|css|html?|json|map|dll|exe|cs|cshtml|razor|wasm|png|svg|txt|log)$/;
/** Three labels in lower case, as "db.corp.example"; names of types have capitals. */
const NAME = /^[\p{Ll}\p{N}-]+(?:\.[\p{Ll}\p{N}-]+)+\.\p{Ll}{2,}$/u;
const SHORT_NAME = /^[\p{Ll}\p{N}-]+(?:\.[\p{Ll}\p{N}-]+)*\.\p{Ll}{2,}$/u;

/** Whether a word alone looks like the name of a host. @param isHeader it is in a response header, whose words are hosts more often */
export const looksLikeHost = (token: string, isHeader: boolean): boolean =>
  (isHeader ? SHORT_NAME : NAME).test(token) && !FILE.test(token);
