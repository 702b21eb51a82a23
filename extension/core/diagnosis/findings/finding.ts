/**
 * A finding: one point of Microsoft's guidance that this app doesn't meet, with the figures that show it and what to change. Types,
 * and how an answer is made.
 */
import type { HubConnectionModel, InterruptionModel, PageModel, RecordingModel } from "../../model/types.ts";
import type { EpochMilliseconds } from "../../units.ts";

/** "high": users lose work or stay disconnected. "medium": they notice, or the servers do. "low": it could be better. */
export type Severity = "high" | "medium" | "low";

export const SEVERITIES: readonly Severity[] = ["high", "medium", "low"];

export type FindingGroup =
  "retry" | "weight" | "work" | "state" | "timing" | "transport" | "security" | "maintenance";

/** One look at a recording, for the histories of all its hubs. */
export interface Look {
  readonly model: RecordingModel;
  /** What was before doesn't count. */
  readonly from: EpochMilliseconds;
  /** The end of what is still going on: the present time, or the end of the recording. */
  readonly now: EpochMilliseconds;
}

/** All connections to one hub in a recording: of the page, of pages before it, and of frames. */
export interface HubHistory {
  readonly url: string;
  /** Names the hub in a sentence. */
  readonly name: string;
  /** Not empty. Only what happened from `from` on: its interruptions, failed starts, attempts, calls, transports, requests. */
  readonly hubs: readonly HubConnectionModel[];
  /** The pages of `hubs`. */
  readonly pages: readonly PageModel[];
  readonly model: RecordingModel;
  /** What was before doesn't count. Messages are the only thing in `hubs` that isn't cut: use `messages.firstFrom(from)`. */
  readonly from: EpochMilliseconds;
  /** The end of what is still going on: the present time, or the end of the recording. */
  readonly now: EpochMilliseconds;
  /** The same object for all hubs: see `oncePerLook`. */
  readonly look: Look;
}

/** Something on the timeline that shows it. */
export interface Moment {
  readonly t: EpochMilliseconds;
  readonly text: string;
  readonly hubKey: string;
  /** The interruption or failed start that it is about. */
  readonly key?: string;
}

export interface Measured {
  /** A few words, e.g. "Calls lost in flight". */
  readonly label: string;
  readonly value: number;
  readonly unit: "ms" | "B" | "count" | "%" | "per second";
}

/** Code or a setting to paste. */
export interface Snippet {
  readonly language: "ts" | "cs" | "json" | "nginx" | "sh";
  readonly code: string;
}

export interface Change {
  /** What is changed, and where. */
  readonly where: "client" | "server" | "azure" | "proxy";
  /** One or two sentences that name the setting exactly. */
  readonly text: string;
  readonly snippet?: Snippet;
}

export interface Found {
  readonly answer: "found";
  readonly severity: Severity;
  /** One sentence with this app's own figures. */
  readonly say: string;
  readonly measured: readonly Measured[];
  /** In order of time, at most `MAX_MOMENTS`; `measured` counts all. */
  readonly moments: readonly Moment[];
  /** How many more there are, and when the last of all was. */
  readonly more: number;
  readonly lastAt: EpochMilliseconds;
  readonly changes: readonly Change[];
}

/** Looked for, and not found ("ok"); can't apply to this app; or this recording can't show it. `say` is the reason, one sentence. */
export interface NotFound {
  readonly answer: "ok" | "not-applicable" | "cant-tell";
  readonly say: string;
  /** Of "ok": nothing spoke against it, but what would show it hasn't happened either. It proves nothing about a change of the app. */
  readonly soFar?: true;
}

export type Answer = Found | NotFound;

export interface FindingKind {
  readonly group: FindingGroup;
  /** What is looked at, e.g. "Automatic reconnect". */
  readonly subject: string;
  /** What is wrong if it is found, e.g. "No automatic reconnect". */
  readonly title: string;
  /** What the recording must show for it to be found, without a full stop: after "Found when". */
  readonly when: string;
  /** Why it matters to users or servers. One to three sentences. */
  readonly why: string;
  /** A public page that says so. */
  readonly link: string;
  /** Name of the built-in scenario that shows whether a change helped. null: none does. */
  readonly scenario: string | null;
  /** Pure. A throw becomes an error result. */
  readonly check: (history: HubHistory) => Answer;
}

export const MAX_MOMENTS = 20;

/** Sorts the moments by time, and keeps the first ones. */
export const found = (
  severity: Severity,
  say: string,
  {
    measured = [],
    moments,
    changes,
  }: { measured?: readonly Measured[]; moments: readonly Moment[]; changes: readonly Change[] },
): Found => ({
  answer: "found",
  severity,
  say,
  measured,
  moments: [...moments].sort((a, b) => a.t - b.t).slice(0, MAX_MOMENTS),
  more: Math.max(0, moments.length - MAX_MOMENTS),
  lastAt: moments.reduce((last, { t }) => Math.max(last, t), 0),
  changes,
});

export const ok = (say: string): NotFound => ({ answer: "ok", say });
/** Nothing speaks against it so far: see `NotFound`. */
export const okSoFar = (say: string): NotFound => ({ answer: "ok", say, soFar: true });
/** Whether it was shown that the app does it right. */
export const isProven = (answer: { readonly answer: string; readonly soFar?: true }): boolean =>
  answer.answer === "ok" && answer.soFar !== true;
export const notApplicable = (say: string): NotFound => ({ answer: "not-applicable", say });
export const cantTell = (say: string): NotFound => ({ answer: "cant-tell", say });

/** A moment of an interruption or failed start. */
export const momentOf = (
  one: Pick<InterruptionModel, "hubKey" | "key" | "from">,
  text: string,
  t: EpochMilliseconds = one.from,
): Moment => ({ t, text, hubKey: one.hubKey, key: one.key });

export const DOCS = "https://learn.microsoft.com/";
