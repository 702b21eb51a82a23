/** What a text has in it that may have to be replaced: hosts, e-mail addresses, long numbers. */

/** As browsers check a field for e-mail addresses (https://html.spec.whatwg.org/#valid-e-mail-address), with a dot in the host. */
export const EMAIL =
  /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){1,8}/gi;

/**
 * Six or more digits, also in groups, as in "+49 30 1234567". Not within a word or after a decimal point, and not a version, as in
 * "Gecko/20100101".
 */
export const LONG_NUMBER = /(?<!\w|\d\.|[a-z]\/)\+?\d(?:[ -]?\d){5,}/gi;
/** A date looks like one. */
const DATE = /^\d{4}-\d\d-\d\d(?: \d\d)?$/;
export const isDate = (number: string): boolean => DATE.test(number);

/** The host of an address in a text, with or without user names and a port; group 1 is the host. */
export const HOST_IN_URL =
  /\b[a-z][a-z0-9+.-]{0,20}:\/\/(?:[^/?#\s"'\\@]{0,200}@)?(\[[0-9a-f:.]+\]|[\w.-]+)/gi;
const IP_ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$/;

/** What a host or a connection id is made of. */
export const TOKEN = /[\w-]+(?:\.[\w-]+)*/g;

/** This computer: says nothing of anybody. */
const LOCAL = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)$/i;

export const isLocal = (host: string): boolean => LOCAL.test(host);
/** @param before the text before it: "Chrome/" has a version behind it, not an address */
export const isIpAddress = (token: string, before: string): boolean =>
  IP_ADDRESS.test(token) &&
  token.split(".").every((part) => Number(part) <= 255) &&
  !/[a-z]\/$/i.test(before);
