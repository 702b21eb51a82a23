/**
 * Which rows match a filter. Nearly all conditions depend only on a row's head, which thousands of rows share: so they are
 * checked once for each head. What depends on the row itself is checked for the rows whose heads leave it open. Pure.
 */
import { PING } from "../../../extension/core/protocol/terms.ts";
import type { EventHead } from "../../../extension/core/columns/event-heads.ts";
import type { EventTable, Row } from "../../../extension/core/columns/event-table.ts";
import type { MessageCount } from "../../../extension/core/events/events.ts";
import type { PageId } from "../../../extension/core/ids.ts";
import type { CallModel, HubConnectionModel } from "../../../extension/core/model/types.ts";
import type { Condition, Filter } from "./filter.ts";
import { within } from "./filter-values.ts";

/** What is known about a row. */
export interface RowContext {
  readonly events: EventTable;
  hubOf(page: PageId, head: EventHead): HubConnectionModel | null;
  callOf(row: Row): CallModel | null;
  /** Beginning of the recording. */
  readonly begin: number;
}

/** The result of the search in payloads. */
export interface PayloadHits {
  has(row: Row, text: string): boolean;
}

export interface Matcher {
  matches(row: Row): boolean;
  /** The same for a counted second as if it contained only this part. */
  matchesPart(row: Row, part: MessageCount): boolean;
}

/** A condition of a filter's token, and alternatives to it. */
interface Check {
  readonly negated: boolean;
  readonly any: readonly Condition[];
}

const EVERYTHING: Filter = { text: "", tokens: [], problem: null };
const NO_HITS: PayloadHits = { has: () => false };

/** Texts that are searched for in payloads, too. */
export const textsOf = (filter: Filter): readonly string[] =>
  filter.tokens
    .filter(({ problem }) => problem === null)
    .flatMap(({ any }) => any.flatMap((one) => (one.key === "text" ? [one.value] : [])));

/**
 * Positive tokens with the same key are alternatives (`type:ping type:close`); different keys, words and negations must all
 * match.
 */
export function matcherOf(filter: Filter | null, context: RowContext, hits: PayloadHits = NO_HITS): Matcher {
  const checks = checksOf(filter ?? EVERYTHING);
  const { events } = context;
  const left: (readonly Check[] | null)[] = [];
  /** null: the row doesn't match. */
  const leftFor = (row: Row): readonly Check[] | null => {
    const number = events.headNumberOf(row);
    const known = left[number];
    if (known !== undefined) return known;
    const found = checkHead(checks, events.pageOf(row), events.headOf(row), context);
    left[number] = found;
    return found;
  };
  const holdAll = (row: Row, open: readonly Check[] | null): boolean =>
    open !== null &&
    open.every(
      ({ negated, any }) => any.some((condition) => holdsForRow(condition, row, context, hits)) !== negated,
    );
  return {
    matches: (row) => holdAll(row, leftFor(row)),
    matchesPart(row, part) {
      const head = events.headOf(row);
      const only = head.kind === "counts" ? { ...head, counts: [part] } : head;
      return holdAll(row, checkHead(checks, events.pageOf(row), only, context));
    },
  };
}

function checksOf(filter: Filter): readonly Check[] {
  const tokens = filter.tokens.filter((token) => token.problem === null && token.any.length > 0);
  const checks: Check[] = [];
  const positive = new Map<string, Condition[]>();
  for (const { negated, any } of tokens) {
    const key = any[0]?.key ?? "text";
    if (negated || key === "text" || key === "from" || key === "to") checks.push({ negated, any });
    else positive.set(key, [...(positive.get(key) ?? []), ...any]);
  }
  for (const any of positive.values()) checks.push({ negated: false, any });
  const wantsTasks = tokens.some(
    (token) =>
      !token.negated && token.any.some((one) => one.key === "kind" && one.value.includes("long-task")),
  );
  // There are so many long tasks that they are shown only with `kind:`.
  if (!wantsTasks) checks.push({ negated: true, any: [{ key: "kind", value: ["long-task"] }] });
  return checks;
}

/** @returns what depends on the row; null: no row with this head matches */
function checkHead(
  checks: readonly Check[],
  page: PageId,
  head: EventHead,
  context: RowContext,
): readonly Check[] | null {
  const open: Check[] = [];
  for (const { negated, any } of checks) {
    const results = any.map((condition) => holdsForHead(condition, page, head, context));
    if (results.includes(true)) {
      if (negated) return null;
      continue;
    }
    const rest = any.filter((_, i) => results[i] === null);
    if (rest.length > 0) open.push({ negated, any: rest });
    else if (!negated) return null;
  }
  return open;
}

/** Whether the result can change without a new row: a call's result is known only later. */
export const isVolatile = (filter: Filter): boolean =>
  filter.tokens.some((token) =>
    token.any.some(
      (one) =>
        one.key === "latency" || (one.key === "is" && (one.value === "lost" || one.value === "pending")),
    ),
  );

/** @returns null: it depends on the row */
function holdsForHead(
  condition: Condition,
  page: PageId,
  head: EventHead,
  context: RowContext,
): boolean | null {
  const isMessage = head.kind === "message";
  switch (condition.key) {
    case "text":
      if (textOf(head).includes(condition.value) || isInPath(page, head, condition.value, context))
        return true;
      return isMessage ? null : false;
    case "hub":
      return isInPath(page, head, condition.value, context);
    case "target":
      if (!isMessage) return false;
      return head.target === undefined ? null : isTarget(condition.value, head.target);
    case "type":
      if (head.kind === "counts") return head.counts.some((part) => part.type === condition.value);
      return isMessage && head.type === condition.value;
    case "kind":
      return condition.value.includes(head.kind);
    case "dir":
      if (head.kind === "counts") return head.counts.some((part) => part.direction === condition.value);
      return (isMessage || head.kind === "handshake") && head.direction === condition.value;
    case "is":
      return isSo(condition.value, head);
    case "size":
    case "latency":
      return isMessage ? null : false;
    case "from":
    case "to":
      return null;
  }
}

function holdsForRow(condition: Condition, row: Row, context: RowContext, hits: PayloadHits): boolean {
  const { events } = context;
  switch (condition.key) {
    case "text":
      return (
        (events.callIdOf(row)?.toLowerCase().includes(condition.value) ?? false) ||
        hits.has(row, condition.value)
      );
    case "target":
      return isTarget(condition.value, context.callOf(row)?.target ?? "");
    case "is":
      return context.callOf(row)?.fate === condition.value;
    case "size":
      return within(events.sizeOf(row), condition.bound);
    case "latency": {
      const call = context.callOf(row);
      return call !== null && call.endedAt !== null && within(call.endedAt - call.sentAt, condition.bound);
    }
    case "from":
      return events.timeOf(row) >= momentOf(condition, context.begin);
    case "to":
      return events.timeOf(row) <= momentOf(condition, context.begin);
    case "hub":
    case "type":
    case "kind":
    case "dir":
      return false; // Decided by the head.
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

/** @returns null: it depends on the row's call */
function isSo(word: string, head: EventHead): boolean | null {
  const message = head.kind === "message" ? head : null;
  switch (word) {
    case "lost":
    case "pending":
      return message?.type === 1 || message?.type === 4 ? null : false;
    case "error":
      return isError(head);
    case "ping":
      return message?.type === PING;
    case "swallowed":
      return message?.swallowed === true;
    case "injected":
      return "fault" in head;
    case "counted":
      return head.kind === "counts" || message?.counted === true;
    default:
      return false;
  }
}

function isError(head: EventHead): boolean {
  if (head.kind === "message") return head.error !== undefined || head.problem !== undefined;
  if (head.kind === "negotiate-ended")
    return head.connectionId === undefined && head.redirectUrl === undefined;
  if (head.kind === "socket-closed") return !head.wasClean;
  if (head.kind === "handshake") return head.error !== undefined;
  if (head.kind === "fault-ended") return head.reason === "failed";
  return head.kind === "hub-lost" || head.kind === "dropped";
}

const isTarget = (pattern: string, target: string): boolean =>
  target !== "" && wildcard(pattern, target.toLowerCase());

function wildcard(pattern: string, text: string): boolean {
  if (!pattern.includes("*")) return text.includes(pattern);
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}

const isInPath = (page: PageId, head: EventHead, text: string, context: RowContext): boolean =>
  context.hubOf(page, head)?.path.toLowerCase().includes(text) ?? false;

/** Free text searches targets, errors, URLs and ids; payloads are searched apart. */
function textOf(head: EventHead): string {
  const found: unknown[] = [];
  for (const field of [
    "target",
    "error",
    "reason",
    "problem",
    "url",
    "connectionId",
    "protocol",
    "statusText",
  ] as const)
    if (field in head) found.push((head as unknown as Record<string, unknown>)[field]);
  return found
    .filter((text) => typeof text === "string")
    .join(" ")
    .toLowerCase();
}
