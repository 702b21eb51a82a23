/**
 * Reads a recording file whose text comes in pieces, so that a file of any size needs little memory. Its fields may be in any
 * order. All that is in it is checked and redacted.
 */
import { RECORDING_VERSION, type RecordedEvent } from "../events/events.ts";
import { readEvent } from "../events/guards.ts";
import { redactUrl } from "../redaction/redact.ts";
import { readScorecard } from "../scenarios/read-scorecard.ts";
import type { Scorecard } from "../scenarios/scorecard.ts";
import { createCleaner } from "./clean-events.ts";
import { MAX_PAGES, RECORDING_FORMAT, type FilePage } from "./file-format.ts";
import { isObject } from "../is-object.ts";
import { JsonDamage } from "./json-damage.ts";
import {
  WALKER_LIMITS,
  createJsonWalker,
  type JsonPart,
  type Path,
  type WalkerLimits,
  type Wish,
} from "./json-walker.ts";
import { isPlainMessage } from "./plain-message.ts";
import * as problems from "./read-problems.ts";
import { upgradeEvent } from "./upgrade.ts";

/** The next events of a page. */
export interface EventsRead {
  /** The page's place in the file, from 0. */
  readonly page: number;
  /** In order of seq. */
  readonly events: readonly RecordedEvent[];
  /** Whether all of this page's events up to here are in order. If not, they have to be sorted: see `inOrderOfSeq`. */
  readonly inOrder: boolean;
}

export type PageHead = Omit<FilePage, "events">;

export type RecordingEnd =
  | {
      readonly ok: false;
      readonly problem: string;
      /** It says that it is a recording of Hubscope. */
      readonly isOurs: boolean;
    }
  | {
      readonly ok: true;
      readonly pages: readonly PageHead[];
      readonly exportedAt: string;
      readonly hubscope: string;
      readonly scorecard: Scorecard | null;
      /** Events that could not be read and were skipped. */
      readonly leftOut: number;
      /** Why the rest of the file could not be read; null: all of it was. */
      readonly damage: problems.Damage | null;
    };

export interface RecordingReader {
  push(piece: string): Generator<EventsRead, void>;
  /** Call it when there is no more text, or when the rest isn't needed. It never throws: a problem is a sentence for the user. */
  end(): Generator<EventsRead, RecordingEnd>;
  /** The rest of the text doesn't matter any more. */
  isDone(): boolean;
  /** What is known of the page so far; null: not enough to show it. */
  head(page: number): PageHead | null;
}

const LONGEST_URL = 2_000;
const LONGEST_ID = 100;

const PAGE_FIELDS = ["page", "recording", "url", "events"];
const FIELDS = ["format", "version", "exportedAt", "hubscope", "scorecard", "pages"];

interface PageRead {
  page: string | null;
  recording: string | null;
  url: string | null;
  hasEvents: boolean;
  readonly seen: Set<string>;
  readonly clean: ReturnType<typeof createCleaner>;
  lastSeq: number;
  inOrder: boolean;
  events: number;
}

const newPage = (): PageRead => ({
  ...{ page: null, recording: null, url: null, hasEvents: false, seen: new Set() },
  ...{ clean: createCleaner(), lastSeq: -1, inOrder: true, events: 0 },
});

export function createRecordingReader(limits: Partial<WalkerLimits> = {}): RecordingReader {
  const walker = createJsonWalker(wishFor, { ...WALKER_LIMITS, ...limits });
  const seen = new Set<string>();
  const fields = new Map<string, unknown>();
  const pages: PageRead[] = [];
  let root: string | null = null;
  let tooMany = false;
  let foreign: problems.Foreign = null;
  let leftOut = 0;
  let problem: string | null = null;
  let damage: problems.Damage | null = null;

  function wishFor(path: Path, opens: string): Wish {
    const [field, page, inPage] = path;
    if (path.length === 0) root = opens;
    else if (path.length === 1) return wishForField(String(field), opens);
    else if (field === "log") {
      if (page === "entries") foreign = "har";
      return "skip";
    } else if (path.length === 2) return wishForPage(Number(page), opens);
    else return wishInPage(pages[Number(page)], String(inPage), opens);
    return opens === "{" ? "enter" : "skip";
  }

  const wishForField = (field: string, opens: string): Wish => {
    if (FIELDS.includes(field)) {
      once(seen, field);
      return field === "pages" && opens === "[" ? "enter" : "take";
    }
    if (field === "traceEvents" && opens === "[") foreign = "trace";
    return field === "log" && opens === "{" ? "enter" : "skip";
  };

  const wishForPage = (page: number, opens: string): Wish => {
    if (page >= MAX_PAGES) {
      tooMany = true;
      throw new JsonDamage("it has too many pages");
    }
    pages.push(newPage());
    return opens === "{" ? "enter" : "skip";
  };

  const wishInPage = (page: PageRead | undefined, field: string, opens: string): Wish => {
    if (!page || !PAGE_FIELDS.includes(field)) return "skip";
    once(page.seen, field);
    if (field !== "events") return "take";
    page.hasEvents = opens === "[";
    return page.hasEvents ? "elements" : "skip";
  };

  /** The version, if format and version are known and can be read. */
  const version = (): number | null => {
    const value = fields.get("version");
    return isVersion(value) && value <= RECORDING_VERSION && fields.get("format") === RECORDING_FORMAT
      ? value
      : null;
  };

  const keepField = (field: string, value: unknown): void => {
    fields.set(field, value);
    if (!fields.has("format")) return;
    problem = problemOfHead(fields, foreign);
  };

  function* take(part: JsonPart): Generator<EventsRead, void> {
    const [field, index, inPage] = part.path;
    const page = part.path.length === 1 ? undefined : pages[Number(index)];
    if (part.type === "elements") {
      if (!page) return;
      const events = eventsOf(part.values, page);
      if (events.length > 0) yield { page: Number(index), events, inOrder: page.inOrder };
    } else if (page) keepInPage(page, String(inPage), part.value);
    else keepField(String(field), part.value);
  }

  const eventsOf = (values: readonly unknown[], page: PageRead): readonly RecordedEvent[] => {
    const known = version();
    const read: RecordedEvent[] = [];
    let last = page.lastSeq;
    let isSorted = true;
    for (const value of values) {
      // Messages of this version don't need an upgrade.
      const event =
        known === RECORDING_VERSION && isObject(value) && isPlainMessage(value)
          ? value
          : readEvent(upgradeEvent(value, known));
      if (!event) continue;
      if (event.seq <= last) isSorted = false;
      last = event.seq;
      read.push(event);
    }
    const { events } = isSorted ? { events: read } : inOrderOfSeq(read);
    page.inOrder &&= (events[0]?.seq ?? Infinity) > page.lastSeq;
    page.lastSeq = Math.max(page.lastSeq, events.at(-1)?.seq ?? -1);
    page.events += events.length;
    leftOut += values.length - events.length;
    return page.clean(events);
  };

  function* reading(parts: Generator<JsonPart, unknown>): Generator<EventsRead, boolean> {
    try {
      for (;;) {
        const next = parts.next();
        if (next.done) return next.value === true;
        yield* take(next.value);
        if (isDone()) return false;
      }
    } catch (error) {
      if (!(error instanceof JsonDamage)) throw error;
      damage = { what: error.message, isCut: false };
      return false;
    }
  }

  const isDone = (): boolean => problem !== null || damage !== null;
  const events = (): number => pages.reduce((sum, page) => sum + page.events, 0);

  /** What is wrong with the file as a whole; null: nothing. */
  const findProblem = (): string | null => {
    if (root === null && !damage) return problems.EMPTY;
    if (root !== "{") return damage ? problems.NOT_JSON : problems.NO_OBJECT;
    const unreadable = damage && problems.damaged(damage);
    if (!fields.has("format")) return (foreign === null ? unreadable : null) ?? problems.foreign(foreign);
    const broken = pages.findIndex((page) => !isWhole(page));
    if (!fields.has("version")) return unreadable ?? problems.NO_VERSION;
    if (tooMany) return problems.TOO_MANY_PAGES;
    if (pages.length === 0) return unreadable ?? problems.NO_PAGES;
    // The page in which the text breaks off needn't be whole.
    if (broken >= 0 && !(damage && broken === pages.length - 1))
      return problems.brokenPage(broken + 1, pages.length);
    if (events() > 0) return null;
    return unreadable ?? (leftOut > 0 ? problems.NO_EVENTS : problems.EMPTY_PAGES);
  };

  const headOf = (page: PageRead, index: number): PageHead => {
    const id = page.page ?? `#${index + 1}`;
    return { page: id, recording: page.recording ?? id, url: page.url ?? "" };
  };

  return {
    isDone,
    *push(piece) {
      if (!isDone()) yield* reading(walker.push(piece));
    },
    *end() {
      const isComplete = !isDone() && (yield* reading(walker.end()));
      if (!isComplete && root !== null && !isDone()) damage = problems.CUT;
      problem ??= findProblem();
      if (problem !== null) return { ok: false, problem, isOurs: fields.get("format") === RECORDING_FORMAT };
      const scorecard = readScorecard(fields.get("scorecard"));
      return {
        ok: true,
        pages: pages.filter((page) => isWhole(page) || page.events > 0).map(headOf),
        exportedAt: shortText(fields.get("exportedAt")),
        hubscope: shortText(fields.get("hubscope")),
        scorecard: typeof scorecard === "string" ? null : scorecard,
        leftOut,
        damage,
      };
    },
    head(index) {
      const page = pages[index];
      return page && version() !== null && page.page !== null && page.recording !== null && page.url !== null
        ? headOf(page, index)
        : null;
    },
  };
}

/** Sorts the events of a page. Of two events with the same seq the first is kept. */
export function inOrderOfSeq(events: readonly RecordedEvent[]): {
  readonly events: readonly RecordedEvent[];
  readonly leftOut: number;
} {
  const sorted = [...events].sort((a, b) => a.seq - b.seq);
  const apart = sorted.filter(({ seq }, i) => seq !== sorted[i - 1]?.seq);
  return { events: apart, leftOut: events.length - apart.length };
}

function problemOfHead(fields: ReadonlyMap<string, unknown>, foreign: problems.Foreign): string | null {
  if (fields.get("format") !== RECORDING_FORMAT) return problems.foreign(foreign);
  if (!fields.has("version")) return null;
  const version = fields.get("version");
  if (!isVersion(version)) return problems.NO_VERSION;
  return version > RECORDING_VERSION ? problems.newerVersion(version) : null;
}

const isVersion = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 1;

function once(seen: Set<string>, field: string): void {
  if (seen.has(field)) throw new JsonDamage(`"${field}" occurs twice`);
  seen.add(field);
}

function keepInPage(page: PageRead, field: string, value: unknown): void {
  if (typeof value !== "string") return;
  if (field === "page") page.page = value.slice(0, LONGEST_ID);
  else if (field === "recording") page.recording = value.slice(0, LONGEST_ID);
  else page.url = redactUrl(value).slice(0, LONGEST_URL);
}

const isWhole = (page: PageRead): boolean => page.page !== null && page.url !== null && page.hasEvents;

const shortText = (value: unknown): string => (typeof value === "string" ? value.slice(0, 100) : "");
