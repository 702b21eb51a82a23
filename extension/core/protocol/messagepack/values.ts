/** A decoded MessagePack value. Every one knows the bytes that it was read from, from `start` to before `end`. */
interface Placed {
  readonly start: number;
  readonly end: number;
}

export type MessagePackValue = Placed &
  (
    | { readonly kind: "nil" }
    | { readonly kind: "boolean"; readonly value: boolean }
    /** A bigint if it is too large for a number. */
    | { readonly kind: "integer"; readonly value: number | bigint }
    | { readonly kind: "float"; readonly value: number; readonly bits: 32 | 64 }
    | { readonly kind: "string"; readonly value: string }
    | { readonly kind: "binary"; readonly bytes: Uint8Array }
    | {
        readonly kind: "array";
        readonly items: readonly MessagePackValue[];
        /** From the header; more than the number of items if reading stopped early. */
        readonly length: number;
      }
    | { readonly kind: "map"; readonly entries: readonly MapEntry[]; readonly length: number }
    | { readonly kind: "extension"; readonly extension: number; readonly bytes: Uint8Array }
    /** Extension -1. */
    | { readonly kind: "timestamp"; readonly seconds: number | bigint; readonly nanoseconds: number }
  );

export interface MapEntry {
  readonly key: MessagePackValue;
  /** undefined: reading stopped before it. */
  readonly value: MessagePackValue | undefined;
}
