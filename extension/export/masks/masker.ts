/**
 * Replaces what the user doesn't want to give away, in all texts of a recording. Stand-ins are the same throughout a file, so that
 * it still can be read: "host-1.example", "connection-2".
 */
import type { RecordedEvent } from "../../core/events/events.ts";
import { withoutPayload } from "../../core/events/payload.ts";
import type { HubState } from "../../core/protocol/terms.ts";
import { isAzureHost } from "../../core/protocol/addresses.ts";
import type { PageHead } from "../../core/recording/recording-reader.ts";
import type { Scorecard } from "../../core/scenarios/scorecard.ts";
import { EMAIL, HOST_IN_URL, LONG_NUMBER, TOKEN, isDate, isIpAddress, isLocal } from "./find-in-text.ts";
import { maskFields } from "./mask-fields.ts";
import type { Masks } from "./masks.ts";
import { createStandIns } from "./stand-ins.ts";

/** Fields with words of the format, and with ids and versions that are ours. */
const UNTOUCHED = new Set(
  "kind transport direction api phase where already step state mistake check outcome token navigation worker format hubscope page recording".split(
    " ",
  ),
);
/** Words of the format in fields that can also hold other texts. A page could name a connection like one. */
const STATES: readonly string[] = [
  "Disconnected",
  "Connecting",
  "Connected",
  "Disconnecting",
  "Reconnecting",
] satisfies readonly HubState[];

export interface Masker {
  page(head: PageHead): PageHead;
  /** Events of one page, in order. */
  events(events: readonly RecordedEvent[]): readonly RecordedEvent[];
  /** After the events: what they name is known then. */
  scorecard(card: Scorecard): Scorecard;
}

export function createMasker(masks: Masks): Masker {
  const hosts = createStandIns((n, host) =>
    // What the host is stays visible: the causes depend on it.
    isAzureHost(host) ? `host-${n}.service.signalr.net` : `host-${n}.example`,
  );
  const ids = createStandIns((n) => `connection-${n}`);
  const emails = createStandIns((n) => `person-${n}@masked.example`);
  const numbers = createStandIns((n, digits) => `9${String(n).padStart(digits.length - 1, "0")}`);

  const hostFor = (host: string): string => (isLocal(host) ? host : hosts.for(host.toLowerCase()));

  const maskNumber = (found: string): string => {
    if (isDate(found)) return found;
    const digits = found.replaceAll(/\D/g, "");
    const standIn = numbers.for(digits);
    let at = 0;
    // Its groups stay: a text of the same form.
    return found.replaceAll(/\d/g, () => standIn[at++] ?? "0");
  };

  const maskToken = (token: string, at: number, text: string): string => {
    const id = masks.connectionIds ? ids.known(token) : undefined;
    if (id !== undefined) return id;
    if (!masks.hosts) return token;
    if (isIpAddress(token, text.slice(Math.max(0, at - 2), at))) return hostFor(token);
    return hosts.known(token.toLowerCase()) ?? token;
  };

  const maskText = (text: string): string => {
    let masked = text;
    if (masks.emails) masked = masked.replaceAll(EMAIL, (found) => emails.for(found.toLowerCase()));
    if (masks.hosts)
      masked = masked.replaceAll(
        HOST_IN_URL,
        (found: string, host: string) => found.slice(0, -host.length) + hostFor(host),
      );
    if (masks.hosts || ids.size > 0) masked = masked.replaceAll(TOKEN, maskToken);
    if (masks.numbers) masked = masked.replaceAll(LONG_NUMBER, maskNumber);
    return masked;
  };

  const maskField = (name: string, value: unknown): unknown => {
    if (typeof value === "string") {
      if (name === "connectionId") return masks.connectionIds ? ids.for(value) : value;
      return UNTOUCHED.has(name) || STATES.includes(value) ? value : maskText(value);
    }
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item: unknown) => maskField(name, item));
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, maskField(key, field)]));
  };
  /** A copy of the same shape. */
  const maskAll = <T>(value: T): T => maskField("", value) as T;

  const maskPayload = (event: RecordedEvent): RecordedEvent => {
    if (event.kind !== "message") return event;
    // Its bytes can't be changed without breaking it.
    if (event.binary !== undefined) return withoutPayload(event);
    if (event.payload === undefined || masks.fields.length === 0) return event;
    const payload = maskFields(event.payload, masks.fields);
    return payload === null ? withoutPayload(event) : { ...event, payload };
  };

  return {
    page: (head) => ({ ...head, url: maskText(head.url) }),
    events: (events) => events.map((event) => maskAll(maskPayload(event))),
    scorecard: maskAll,
  };
}
