/** Which rows match a filter. Pure. */
import { PING } from "../../../extension/core/protocol/terms.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { CallModel, HubConnectionModel } from "../../../extension/core/model/types.ts";
import type { LogRow } from "../event-log.ts";
import type { Condition, Filter } from "./filter.ts";
import { within } from "./filter-values.ts";

/** What the model knows about a row. */
export interface RowContext {
  hubOf(row: LogRow): HubConnectionModel | null;
  callOf(row: LogRow): CallModel | null;
  /** Beginning of the recording. */
  readonly begin: number;
}

export type Matcher = (row: LogRow) => boolean;

/**
 * Positive tokens with the same key are alternatives (`type:ping type:close`); different keys, words and negations must all
 * match.
 */
export function matcherOf(filter: Filter, context: RowContext): Matcher {
  const tokens = filter.tokens.filter((token) => token.problem === null && token.any.length > 0);
  const positive = new Map<string, Condition[][]>();
  const checks: Matcher[] = [];
  for (const { negated, any } of tokens) {
    const key = any[0]?.key ?? "text";
    if (negated) checks.push((row) => !any.some((condition) => holds(condition, row, context)));
    else if (key === "text" || key === "from" || key === "to")
      checks.push((row) => any.some((condition) => holds(condition, row, context)));
    else positive.set(key, [...(positive.get(key) ?? []), [...any]]);
  }
  for (const lists of positive.values()) {
    const any = lists.flat();
    checks.push((row) => any.some((condition) => holds(condition, row, context)));
  }
  const wantsTasks = tokens.some(
    (token) =>
      !token.negated && token.any.some((one) => one.key === "kind" && one.value.includes("long-task")),
  );
  if (!wantsTasks) checks.push((row) => row.event.kind !== "long-task");
  return (row) => checks.every((check) => check(row));
}

/** Whether the result can change without a new row: a call's result is known only later. */
export const isVolatile = (filter: Filter): boolean =>
  filter.tokens.some((token) =>
    token.any.some(
      (one) =>
        one.key === "latency" || (one.key === "is" && (one.value === "lost" || one.value === "pending")),
    ),
  );

function holds(condition: Condition, row: LogRow, context: RowContext): boolean {
  const { event } = row;
  switch (condition.key) {
    case "text":
      return (
        textOf(event).includes(condition.value) ||
        holdsBytes(event, condition.value) ||
        (context.hubOf(row)?.path.toLowerCase().includes(condition.value) ?? false)
      );
    case "hub":
      return context.hubOf(row)?.path.toLowerCase().includes(condition.value) ?? false;
    case "target": {
      const target = event.kind === "message" ? (event.target ?? context.callOf(row)?.target ?? "") : "";
      return target !== "" && wildcard(condition.value, target.toLowerCase());
    }
    case "type":
      if (event.kind === "counts") return event.counts.some((part) => part.type === condition.value);
      return event.kind === "message" && event.type === condition.value;
    case "kind":
      return condition.value.includes(event.kind);
    case "dir":
      if (event.kind === "counts") return event.counts.some((part) => part.direction === condition.value);
      return (event.kind === "message" || event.kind === "handshake") && event.direction === condition.value;
    case "is":
      return isSo(condition.value, row, context);
    case "size":
      return event.kind === "message" && within(event.size, condition.bound);
    case "latency": {
      const call = context.callOf(row);
      return call !== null && call.endedAt !== null && within(call.endedAt - call.sentAt, condition.bound);
    }
    case "from":
    case "to": {
      const moment = momentOf(condition, context.begin);
      return condition.key === "from" ? event.t >= moment : event.t <= moment;
    }
  }
}

/** A clock time is on the recording's first day, or on the next if it would be before the beginning. */
export function momentOf(
  { at, relative }: { readonly at: number; readonly relative: boolean },
  begin: number,
): number {
  if (relative) return begin + at;
  const day = new Date(begin);
  day.setHours(0, 0, 0, 0);
  const moment = day.getTime() + at;
  return moment < begin - 12 * 3_600_000 ? moment + 24 * 3_600_000 : moment;
}

function isSo(word: string, row: LogRow, context: RowContext): boolean {
  const { event } = row;
  const message = event.kind === "message" ? event : null;
  switch (word) {
    case "lost":
    case "pending":
      return (message?.type === 1 || message?.type === 4) && context.callOf(row)?.fate === word;
    case "error":
      return isError(event);
    case "ping":
      return message?.type === PING;
    case "swallowed":
      return message?.swallowed === true;
    case "injected":
      return "fault" in event;
    case "counted":
      return event.kind === "counts" || message?.counted === true;
    default:
      return false;
  }
}

function isError(event: RecordedEvent): boolean {
  if (event.kind === "message") return event.error !== undefined || event.problem !== undefined;
  if (event.kind === "negotiate-ended")
    return event.connectionId === undefined && event.redirectUrl === undefined;
  if (event.kind === "socket-closed") return !event.wasClean;
  if (event.kind === "handshake") return event.error !== undefined;
  if (event.kind === "fault-ended") return event.reason === "failed";
  return event.kind === "hub-lost" || event.kind === "dropped";
}

function wildcard(pattern: string, text: string): boolean {
  if (!pattern.includes("*")) return text.includes(pattern);
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}

/** Searches the bytes for a text in UTF-8, without decoding the message. */
function holdsBytes(event: RecordedEvent, text: string): boolean {
  if (event.kind !== "message" || event.binary === undefined) return false;
  const wanted = String.fromCharCode(...new TextEncoder().encode(text)).toLowerCase();
  try {
    return atob(event.binary).toLowerCase().includes(wanted);
  } catch {
    return false; // A file may contain invalid base64.
  }
}

/** Free text searches targets, payloads, errors, URLs and ids. */
function textOf(event: RecordedEvent): string {
  const found: unknown[] = [];
  for (const field of [
    "target",
    "payload",
    "error",
    "reason",
    "problem",
    "url",
    "connectionId",
    "protocol",
    "invocationId",
    "statusText",
  ] as const)
    if (field in event) found.push((event as unknown as Record<string, unknown>)[field]);
  return found
    .filter((text) => typeof text === "string")
    .join(" ")
    .toLowerCase();
}
