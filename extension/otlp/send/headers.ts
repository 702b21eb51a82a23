/** Headers that a user gives. No message has a value in it: it may be a key. */

export type ReadHeaders = Readonly<Record<string, string>>;

/** What a sender sets itself, or what would change who is talked to. */
const OURS = /^(?:content-(?:type|length|encoding)|host|connection|transfer-encoding|cookie)$/i;

/** @returns a text: what is wrong with it */
export function checkHeaders(headers: ReadHeaders): ReadHeaders | string {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name))
      return "a header's name has a character that no name may have";
    if (OURS.test(name)) return `the header ${name} can't be set`;
    // What HTTP allows, and a Request takes: no control characters, and no characters above U+00FF.
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      return `the value of the header ${name} has a character that no header may have`;
  }
  return headers;
}

/** As curl has it: "name: value". */
export function readHeader(text: string): ReadHeaders | string {
  const at = text.indexOf(":");
  if (at < 1) return "a header is a name, a colon and a value, such as 'Authorization: Bearer …'";
  return checkHeaders({ [text.slice(0, at).trim().toLowerCase()]: text.slice(at + 1).trim() });
}

/** As OTEL_EXPORTER_OTLP_HEADERS has them: "name=value,name=value", with the escapes of addresses. */
export function readHeaderList(text: string): ReadHeaders | string {
  const found: Record<string, string> = {};
  for (const part of text.split(",")) {
    if (part.trim() === "") continue;
    const at = part.indexOf("=");
    if (at < 1) return "it is a list such as name=value,name=value";
    try {
      found[part.slice(0, at).trim().toLowerCase()] = decodeURIComponent(part.slice(at + 1).trim());
    } catch {
      return "a value has a % that begins no escape";
    }
  }
  return checkHeaders(found);
}
