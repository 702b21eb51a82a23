/** The arguments of a message in one line. Pure. */
import type { HubMessage } from "../../../extension/core/events/events.ts";
import { isObject } from "../../../extension/core/is-object.ts";
import { readRenderBatch } from "../../../extension/core/protocol/render-batch.ts";
import { counted } from "../../../extension/core/text/format.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { binaryOf } from "./binary.ts";
import { summary as glanceAt } from "./summary.ts";

const LONGEST = 160;
/** Longer payloads aren't decoded for a preview. */
const LONGEST_DECODED = 20_000;
/** The MessagePack fields that the preview shows. */
const WORTH: ReadonlySet<string> = new Set(["arguments", "item", "result", "error"]);

export function previewOf(message: HubMessage): string {
  if (message.binary === undefined) return preview(message.payload);
  if (message.target === "JS.RenderBatch") return batchWords(message);
  if (message.binary.length > LONGEST_DECODED) return "";
  const field = binaryOf(message)?.decoded.fields.find(({ name }) => WORTH.has(name));
  return field ? cut(visibleText(glanceAt(field.value))) : "";
}

/** Ids of components that are listed. */
const FEW = 5;

/** Blazor's render batches: which components change. Their bytes would say nothing. */
function batchWords(message: HubMessage): string {
  const field = binaryOf(message)?.decoded.fields.find(({ name }) => name === "arguments")?.value;
  const [id, bytes] = field?.kind === "array" ? field.items : [];
  const number = id?.kind === "integer" ? `batch ${id.value}` : "batch";
  const batch = bytes?.kind === "binary" && !message.truncated ? readRenderBatch(bytes.bytes) : null;
  if (!batch) return number;
  const { components, edits, removed } = batch;
  const ids = components.slice(0, FEW).map((component) => `#${component}`);
  const which = `${counted(components.length, "component")} (${ids.join(", ")}${components.length > FEW ? ", …" : ""})`;
  const parts = [
    number,
    components.length > 0 ? which : "no component",
    counted(edits, "edit"),
    removed > 0 ? `${removed} removed` : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

/** Preview of a JSON hub message: its arguments, item or result. Anything else is shown unchanged. */
export const preview = (payload: string | undefined): string =>
  payload === undefined ? "" : cut(visibleText(summaryOf(payload)));

function summaryOf(payload: string): string {
  if (payload.length > LONGEST_DECODED) return cut(payload);
  try {
    const message: unknown = JSON.parse(payload);
    if (!isObject(message)) return cut(payload);
    if ("arguments" in message) return cut(short(message["arguments"], 0));
    if ("item" in message) return cut(short(message["item"], 0));
    if ("result" in message) return cut(short(message["result"], 0));
    if (typeof message["error"] === "string") return cut(message["error"]);
    return "type" in message ? "" : cut(payload);
  } catch {
    return cut(payload);
  }
}

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** JSON with long and deep parts abbreviated: `{"symbol":"EURUSD","bids":[…10]}`. */
function short(value: unknown, depth: number): string {
  if (Array.isArray(value)) {
    if (depth > 0 && value.length > 3) return `[…${value.length}]`;
    return `[${value
      .slice(0, 8)
      .map((item) => short(item, depth + 1))
      .join(",")}${value.length > 8 ? ",…" : ""}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    if (depth > 2) return "{…}";
    return `{${entries
      .slice(0, 6)
      .map(([key, item]) => `${JSON.stringify(key)}:${short(item, depth + 1)}`)
      .join(",")}${entries.length > 6 ? ",…" : ""}}`;
  }
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 58)}…"` : text;
}
