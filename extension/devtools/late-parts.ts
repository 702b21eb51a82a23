/**
 * What DevTools tells only when a request has ended: the body of an answer, and that a WebSocket is closed. It isn't in the log that
 * can be asked for, so it is kept here and added.
 */
import { isObject } from "../core/is-object.ts";
import { looksLikeNegotiate } from "../core/protocol/negotiate.ts";
import { contentOf } from "./network-log.ts";

const MAX_BODIES = 200;
const MAX_CLOSED = 1_000;
const LONGEST_BODY = 20_000;

interface Content {
  readonly text: string;
  readonly encoding?: string;
}

export interface LateParts {
  /** @returns whether something may have become known: a negotiate was answered, or a WebSocket was closed */
  hear(request: unknown): boolean;
  /** The entry of a log with what is known of it. */
  added(entry: unknown): unknown;
  /** While a worker's connections are read, whole WebSockets are kept: the user may clear the log. */
  watches(on: boolean): void;
  /** Those that aren't in the log any more. */
  takeFinished(log: readonly unknown[]): unknown[];
}

export function createLateParts(): LateParts {
  const bodies = new Map<string, Content | null>();
  const closed = new Set<string>();
  let watching = false;
  let finished: Readonly<Record<string, unknown>>[] = [];

  const keep = (key: string, content: Content | null): void => {
    bodies.set(key, content);
    const [oldest] = bodies.keys();
    if (bodies.size > MAX_BODIES && oldest !== undefined) bodies.delete(oldest);
  };
  return {
    hear(request) {
      if (!isObject(request) || request["pageref"] !== undefined || !isObject(request["request"]))
        return false;
      const { method, url } = request["request"];
      const key = keyOf(request);
      if (typeof url !== "string" || key === undefined) return false;
      if (request["_resourceType"] === "websocket") {
        closed.add(key);
        const [oldest] = closed;
        if (closed.size > MAX_CLOSED && oldest !== undefined) closed.delete(oldest);
        if (watching) finished.push({ ...request, _finished: true });
        return watching;
      }
      if (method !== "POST" || !looksLikeNegotiate(url) || typeof request["getContent"] !== "function")
        return false;
      void readContent(request).then(
        (content) => {
          keep(key, content);
        },
        () => {
          keep(key, null);
        },
      );
      return true;
    },
    added(entry) {
      if (!isObject(entry) || entry["pageref"] !== undefined) return entry;
      const key = keyOf(entry);
      if (key === undefined) return entry;
      if (closed.has(key)) return { ...entry, _finished: true };
      const content = bodies.get(key);
      const { response } = entry;
      if (content === undefined || !isObject(response)) return entry;
      return { ...entry, response: { ...response, content: content ?? { text: null } } };
    },
    watches(on) {
      watching = on;
      if (!on) finished = [];
    },
    takeFinished(log) {
      const all = finished;
      finished = [];
      if (all.length === 0) return all;
      const there = new Set(log.map((entry) => (isObject(entry) ? keyOf(entry) : undefined)));
      return all.filter((entry) => !there.has(keyOf(entry)));
    },
  };
}

async function readContent(request: unknown): Promise<Content | null> {
  const [text, encoding] = await contentOf(request);
  if (typeof text !== "string") return null;
  return { text: text.slice(0, LONGEST_BODY), ...(typeof encoding === "string" ? { encoding } : {}) };
}

function keyOf(entry: Readonly<Record<string, unknown>>): string | undefined {
  const { request, startedDateTime } = entry;
  if (!isObject(request) || typeof startedDateTime !== "string") return undefined;
  return `${String(request["method"])} ${startedDateTime} ${String(request["url"])}`;
}
