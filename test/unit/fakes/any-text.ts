/**
 * Generators of texts and addresses. fast-check's own `unit: "binary"` and `webUrl` list every character first, which
 * takes a second.
 */
import fc from "fast-check";

const character = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((point) => String.fromCodePoint(point));

/** A text of any characters that can be encoded in UTF-8. */
export const anyText = (length: { readonly maxLength?: number } = {}): fc.Arbitrary<string> =>
  fc.string({ ...length, unit: character });

/** An address without query and fragment. */
export const anyAddress: fc.Arbitrary<string> = fc
  .record({
    scheme: fc.constantFrom("http", "https"),
    host: fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
    ),
    port: fc.option(fc.integer({ min: 1, max: 65_535 })),
    path: fc.array(
      fc.oneof(fc.stringMatching(/^[\w.~!$&'()*+,;=:@-]{0,12}$/), anyText().map(encodeURIComponent)),
    ),
  })
  .map(
    ({ scheme, host, port, path }) =>
      `${scheme}://${host}${port === null ? "" : `:${port}`}${path.map((part) => `/${part}`).join("")}`,
  );
