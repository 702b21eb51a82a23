/** Which connections of workers are named as not recorded: those that no record of a worker has, as far as times tell. */
import { describe, expect, it } from "vitest";
import type { RecordedEvent, Unstamped } from "../../../extension/core/events/events.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { unrecordedIn } from "../../../extension/core/model/unrecorded.ts";

const HUB = "https://board.example/hubs/board";
const START = 1_764_200_000_000;

interface Event extends Pick<RecordedEvent, "kind"> {
  readonly at: number;
  readonly [field: string]: unknown;
}
const page = (url: string, more: object = {}): Event => ({
  ...{ kind: "page", at: 0, url, userAgent: "", openedAt: START, top: true, visible: true, online: true },
  ...{ wasDiscarded: false, navigation: "navigate", probe: false, ...more },
});
const worker = (url = "https://board.example/worker.js"): Event =>
  page(url, { top: false, worker: "dedicated", fromDevtools: true });
const told = (at: number, url = HUB): Event => ({ kind: "worker-connection", at, url, status: 200 });
const negotiate = (at: number, request: number): Event[] => [
  {
    kind: "negotiate",
    at,
    request,
    url: `${HUB}/negotiate?own=1`,
    api: "fetch",
    askedStatefulReconnect: false,
  },
  { kind: "negotiate-ended", at: at + 20, request, status: 200, connectionId: `id-${request}` },
];
const ended = (at: number, reason: string): Event => ({ kind: "recording-ended", at, reason });
const left = (at: number): Event => ({ kind: "lifecycle", at, phase: "pagehide", persisted: false });

/** The hubs that are named, of the page and its workers. */
function named(...pages: readonly (readonly Event[])[]): string[] {
  const reducer = createReducer();
  for (const [i, events] of pages.entries())
    reducer.apply(
      `page-${i}`,
      events.map(({ at, ...event }, seq) => ({
        ...(event as unknown as Unstamped),
        seq: seq + 1,
        t: START + at,
      })),
    );
  return unrecordedIn(reducer.model.pages).map(({ url }) => url);
}
const top = page("https://board.example/");

describe("a worker's connection that was told by webRequest", () => {
  it("isn't named where a record of a worker has its negotiate", () => {
    expect(
      named([top, told(1_050), told(9_100)], [worker(), ...negotiate(1_000, 1), ...negotiate(9_000, 2)]),
    ).toEqual([]);
    expect(named([top, told(1_050)])).toEqual([HUB]);
  });

  it("is named if it is another worker's, to the same hub", () => {
    expect(named([top, told(1_050), told(1_060)], [worker(), ...negotiate(1_000, 1)])).toEqual([HUB]);
    expect(named([top, told(1_050), told(40_000)], [worker(), ...negotiate(1_000, 1)])).toEqual([HUB]);
  });

  it("is named once, if the worker's own log has it, too", () => {
    const other = told(2_000);
    expect(named([top, told(1_050), told(2_050)], [worker(), ...negotiate(1_000, 1), other])).toEqual([HUB]);
    expect(named([top, told(1_050)], [worker(), ...negotiate(1_000, 1), other])).toEqual([HUB]);
  });

  it("is named from when DevTools was closed, until it is read again", () => {
    const first = [worker(), ...negotiate(1_000, 1), ended(5_000, "devtools-closed")];
    expect(named([top, told(1_050)], first)).toEqual([HUB]);
    expect(named([top, told(1_050), told(30_050)], first)).toEqual([HUB]);
    expect(named([top, told(1_050), told(30_050)], first, [worker(), ...negotiate(30_000, 1)])).toEqual([]);
    const other = worker("https://board.example/other.js");
    expect(named([top, told(1_050), told(30_050)], first, [other, ...negotiate(30_000, 1)])).toEqual([HUB]);
  });

  it("isn't named if both ended together", () => {
    expect(
      named(
        [top, told(1_050), left(5_500)],
        [worker(), ...negotiate(1_000, 1), ended(5_000, "devtools-closed")],
      ),
    ).toEqual([]);
    expect(
      named(
        [top, told(1_050), ended(5_500, "switched-off")],
        [worker(), ...negotiate(1_000, 1), ended(6_000, "switched-off")],
      ),
    ).toEqual([]);
    expect(
      named(
        [top, told(1_050), left(60_000)],
        [worker(), ...negotiate(1_000, 1), ended(5_000, "devtools-closed")],
      ),
    ).toEqual([HUB]);
  });

  it("isn't named if its negotiate was while recording was switched on", () => {
    const open: Event = {
      ...{ kind: "socket", at: 500, socket: 1, transport: "WebSockets", url: HUB, request: 1 },
      ...{ already: "connected", since: START + 400, connectionId: "id-1", protocol: "json" },
    };
    expect(named([top, told(450)], [worker(), open])).toEqual([]);
  });
});
