/** The path of a hub as it is sent: without what may be an id or a name of somebody. */
import { pathOf } from "../../../extension/core/protocol/addresses.ts";

const LONGEST = 200;
/** A number, a UUID or another hexadecimal number, an e-mail address, or a long word with digits: tokens and keys. */
const ID =
  /^(?:\d+|[0-9a-f]{8,}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|.*(?:@|%40).*|(?=.*\d)[\w.~%+=-]{16,}|.{41,})$/i;

export function hubPathOf(url: string, own: ((path: string) => string) | undefined): string {
  const path = pathOf(url).replace(/[?#].*$/s, "");
  const said = own ? own(path) : path.split("/").map(withoutId).join("/");
  return said.slice(0, LONGEST);
}

const withoutId = (part: string): string => (ID.test(part) ? "{id}" : part);
