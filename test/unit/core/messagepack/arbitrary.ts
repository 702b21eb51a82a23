/** Generates values for MessagePack, and hub messages as the real client writes them. */
import { encode } from "@msgpack/msgpack";
import fc from "fast-check";

const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true }),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(30, 31, 32, 255, 256, 65_535, 65_536).map((length) => "x".repeat(length)),
  fc.uint8Array({ maxLength: 40 }),
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2500-01-01") }),
);

export const anyValue = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, tie("list"), tie("record")),
  list: fc.array(tie("value"), { maxLength: 6 }),
  record: fc.dictionary(
    fc.string().filter((key) => key !== "__proto__"),
    tie("value"),
    { maxKeys: 5 },
  ),
})).value;

export const encoded = (value: unknown): Uint8Array => encode(value, { useBigInt64: true });

/** Bytes that are mostly invalid MessagePack. */
export const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  // Headers that claim large sizes.
  fc
    .tuple(fc.array(fc.constantFrom(0xdd, 0xdf, 0xdc, 0xde, 0xdb, 0xc6, 0xc9, 0x9f, 0xff)), fc.uint8Array())
    .map(([heads, rest]) => new Uint8Array([...heads, ...rest])),
);
