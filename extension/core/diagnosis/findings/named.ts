/** Names of methods and hosts, which come from a page or a server, in sentences and in code to paste. */
import { shortened } from "../../text/shortened.ts";
import { visibleText } from "../../text/visible-text.ts";

const LONGEST = 80;

/** For a sentence. */
export const named = (text: string): string => visibleText(shortened(text, LONGEST));

/** As a string in TypeScript or C#: its escapes are those of JSON, so that nothing gets out of it. */
export const quoted = (text: string): string => JSON.stringify(shortened(text, LONGEST));

/** As a location of nginx, which has characters of its own. */
export const locationOf = (path: string | undefined): string =>
  path === undefined ? "/hub" : /^[\w/.~%-]+$/.test(path) ? path : quoted(path);
