/** A MessagePack value in one line, like JSON, with long and deep parts abbreviated. Pure. */
import type { MessagePackValue } from "../../../extension/core/protocol/messagepack/values.ts";
import { counted } from "../../../extension/core/text/format.ts";

const LONGEST_TEXT = 60;
const FEW_BYTES = 8;

export function summary(value: MessagePackValue, depth = 0): string {
  switch (value.kind) {
    case "nil":
      return "null";
    case "boolean":
    case "integer":
    case "float":
      return String(value.value);
    case "string": {
      const text = JSON.stringify(value.value.slice(0, LONGEST_TEXT));
      return value.value.length > LONGEST_TEXT ? `${text.slice(0, -1)}…"` : text;
    }
    case "binary":
      return `${counted(value.bytes.length, "byte")}${beginning(value.bytes)}`;
    case "extension":
      return `extension ${value.extension}, ${counted(value.bytes.length, "byte")}${beginning(value.bytes)}`;
    case "timestamp":
      return timeOf(Number(value.seconds), value.nanoseconds);
    case "array": {
      if (depth > 0 && value.items.length > 3) return `[…${value.length}]`;
      const items = value.items.slice(0, 8).map((item) => summary(item, depth + 1));
      return `[${items.join(",")}${value.length > items.length ? ",…" : ""}]`;
    }
    case "map": {
      if (depth > 2) return "{…}";
      const entries = value.entries
        .slice(0, 6)
        .map(({ key, value: item }) => `${summary(key, 9)}:${item ? summary(item, depth + 1) : "…"}`);
      return `{${entries.join(",")}${value.length > entries.length ? ",…" : ""}}`;
    }
  }
}

const beginning = (bytes: Uint8Array): string => {
  if (bytes.length === 0) return "";
  const shown = Array.from(bytes.subarray(0, FEW_BYTES), (byte) => byte.toString(16).padStart(2, "0"));
  return `: ${shown.join(" ")}${bytes.length > FEW_BYTES ? " …" : ""}`;
};

/** Any number of seconds is possible, but dates end in the year 275760. */
function timeOf(seconds: number, nanoseconds: number): string {
  const date = new Date(seconds * 1000 + Math.floor(nanoseconds / 1e6));
  return Number.isNaN(date.getTime()) ? `${seconds} s` : date.toISOString();
}
