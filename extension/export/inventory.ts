/** What would leave with an export, by kind and with examples, so that it can be looked through before. */
import type { RecordedEvent } from "../core/events/events.ts";
import { payloadSize } from "../core/events/payload.ts";
import { shortened } from "../core/text/shortened.ts";
import { visibleText } from "../core/text/visible-text.ts";
import type { Bytes } from "../core/units.ts";
import { EMAIL, HOST_IN_URL, LONG_NUMBER, isDate } from "./masks/find-in-text.ts";
import type { PagePiece } from "./recording-source.ts";

export const INVENTORY_KINDS = [
  "address",
  "host",
  "connection-id",
  "method",
  "payload",
  "error",
  "email",
  "number",
  "header",
  "stack",
  "browser",
] as const;
export type InventoryKind = (typeof INVENTORY_KINDS)[number];

export interface InventoryItem {
  readonly kind: InventoryKind;
  /** How many different ones; of payloads: how many messages have one. */
  readonly count: number;
  /** There are more than were counted. */
  readonly more: boolean;
  readonly examples: readonly string[];
}

export interface Inventory {
  /** Those that there are any of. */
  readonly items: readonly InventoryItem[];
  readonly payloadBytes: Bytes;
}

/** More different ones aren't told apart. */
const MOST = 10_000;
const EXAMPLES = 5;
const LONGEST_EXAMPLE = 100;

/** Fields that say what a text is. Errors are under several names. */
const KIND_OF_FIELD: Readonly<Record<string, InventoryKind>> = {
  ...{ url: "address", redirectUrl: "address", redirectedTo: "address" },
  ...{ connectionId: "connection-id", target: "method", userAgent: "browser", headers: "header" },
  ...{ stack: "stack", payload: "payload", binary: "payload" },
  ...{ error: "error", reason: "error", statusText: "error", threw: "error", detail: "error" },
};
/** Words of the format. */
const IS_WORD = new Set([
  "kind",
  "transport",
  "direction",
  "api",
  "phase",
  "where",
  "already",
  "step",
  "state",
]);

/** @param pieces of the export as it would be written: cut, without payloads, masked */
export async function takeInventory(pieces: AsyncIterable<PagePiece>): Promise<Inventory> {
  const found = new Map<InventoryKind, Set<string>>(INVENTORY_KINDS.map((kind) => [kind, new Set()]));
  const full = new Set<InventoryKind>();
  let payloads = 0;
  let payloadBytes = 0;

  const note = (kind: InventoryKind, text: string): void => {
    const all = found.get(kind);
    if (!all || text === "") return;
    if (all.size < MOST) all.add(shortened(text, LONGEST_EXAMPLE));
    else full.add(kind);
  };
  const look = (text: string): void => {
    for (const [email] of text.matchAll(EMAIL)) note("email", email);
    for (const [number, id] of text.matchAll(LONG_NUMBER))
      if (id === undefined && !isDate(number)) note("number", number);
    for (const [, host] of text.matchAll(HOST_IN_URL)) if (host !== undefined) note("host", host);
  };
  const field = (name: string, value: unknown): void => {
    if (typeof value === "string") {
      const kind = KIND_OF_FIELD[name];
      // Of payloads a few are enough as examples.
      if (kind && !(kind === "payload" && payloads > EXAMPLES)) note(kind, value);
      if (name !== "connectionId" && name !== "binary" && !IS_WORD.has(name)) look(value);
    } else if (Array.isArray(value)) for (const item of value as unknown[]) field(name, item);
    else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value)) field(key, inner);
  };
  const add = (event: RecordedEvent): void => {
    const size = payloadSize(event);
    if (size > 0) {
      payloads++;
      payloadBytes += size;
    }
    for (const [name, value] of Object.entries(event)) field(name, value);
  };

  for await (const { page, events } of pieces) {
    field("url", page.url);
    for (const event of events) add(event);
  }
  const items = INVENTORY_KINDS.map((kind): InventoryItem => {
    const all = [...(found.get(kind) ?? [])];
    return {
      kind,
      count: kind === "payload" ? payloads : all.length,
      more: full.has(kind),
      examples: all.slice(0, EXAMPLES).map(visibleText),
    };
  });
  return { items: items.filter(({ count }) => count > 0), payloadBytes };
}
