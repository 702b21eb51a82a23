/** Log records of a page: interruptions with cause and evidence, faults, and what the page went through. */
import { verdictOf } from "../core/diagnosis/diagnose.ts";
import { FAULTS } from "../core/faults/outlines.ts";
import { downtimesOf } from "../core/model/downtimes-of.ts";
import { hubName } from "../core/model/hub-name.ts";
import type { Downtime, HubConnectionModel, PageModel } from "../core/model/types.ts";
import type { EpochMilliseconds } from "../core/units.ts";
import { targetInWords } from "../wording/target-words.ts";
import { isoTime } from "../core/text/iso-time.ts";
import { hasRecovered } from "../core/model/recovery.ts";
import { downtimeAttributes } from "./hub-attributes.ts";
import { downtimeSpan } from "./spans.ts";
import { ERROR, INFO, WARN, type LogRecord, type SpanId } from "./types.ts";
import { anyValue, attributes, nanoseconds, type Attributes } from "./values.ts";

const SEVERITY = { INFO, WARN, ERROR } as const;

interface Said {
  readonly severity?: keyof typeof SEVERITY;
  readonly name: string;
  readonly text: string;
  readonly values?: Attributes;
  readonly span?: SpanId;
}

function record(t: EpochMilliseconds, { severity = "INFO", name, text, values = {}, span }: Said): LogRecord {
  return {
    timeUnixNano: nanoseconds(t),
    observedTimeUnixNano: nanoseconds(t),
    severityNumber: SEVERITY[severity],
    severityText: severity,
    eventName: `hubscope.${name}`,
    body: anyValue(text),
    attributes: attributes(values),
    ...(span ? { traceId: span.traceId, spanId: span.spanId } : {}),
  };
}

export function* logsOf(page: PageModel): Generator<LogRecord> {
  yield* pageLogs(page);
  for (const { from, command, until, end } of page.faults)
    yield record(from, {
      name: "fault",
      text: `Fault injected: ${FAULTS[command.name].title}`,
      values: {
        "hubscope.fault": command.name,
        "hubscope.fault.target": targetInWords(command.target),
        "hubscope.fault.end": end,
        "hubscope.duration_ms": until === null ? null : until - from,
      },
    });
  for (const hub of page.hubs) for (const one of downtimesOf(hub)) yield downtimeLog(hub, one);
}

function* pageLogs({ started, moves, visibility, offline, longTasks }: PageModel): Generator<LogRecord> {
  if (started)
    yield record(started.t, {
      name: "page.loaded",
      text: started.midway ? "Recording started after page load" : "Page loaded",
      values: {
        "url.full": started.url,
        "hubscope.navigation": started.navigation,
        "hubscope.was_discarded": started.wasDiscarded,
      },
    });
  for (const { t, phase, persisted } of moves)
    yield record(t, {
      name: `page.${phase.replaceAll("-", "_")}`,
      text: MOVES[phase],
      values: { "hubscope.back_forward_cache": persisted },
    });
  for (const { from, state, fault } of visibility)
    yield record(from, { name: `page.${state}`, text: STATES[state], values: injected(fault) });
  for (const { from, until, fault } of offline) {
    yield record(from, { severity: "WARN", name: "page.offline", text: "Offline", values: injected(fault) });
    if (until !== null) yield record(until, { name: "page.online", text: "Online", values: injected(fault) });
  }
  for (const { from, duration } of longTasks)
    yield record(from, {
      name: "page.long_task",
      text: "Main thread blocked",
      values: { "hubscope.duration_ms": duration },
    });
}

function downtimeLog(hub: HubConnectionModel, one: Downtime): LogRecord {
  const { title, evidence, ruledOut } = verdictOf(one);
  return record(one.from, {
    severity: hasRecovered(one) ? "WARN" : "ERROR",
    name: one.kind === "interruption" ? "interruption" : "failed_start",
    text: `${hubName(hub)}: ${title}`,
    values: {
      ...downtimeAttributes(hub, one),
      "hubscope.evidence": evidence.map(({ t, text }) => `${isoTime(t)} ${text}`),
      "hubscope.ruled_out": ruledOut,
    },
    span: downtimeSpan(hub, one),
  });
}

const MOVES = {
  pagehide: "Page unloaded",
  pageshow: "Page restored",
  "recording-ended": "Recording ended",
} as const;
const STATES = { visible: "Visible", hidden: "Hidden", frozen: "Frozen" } as const;

const injected = (fault: number | null): Attributes => ({
  "hubscope.injected": fault === null ? null : true,
});
