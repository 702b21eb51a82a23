import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { readEvent } from "../../../extension/core/events/guards.ts";
import type { HubConnectionModel, LaneState, RecordingModel } from "../../../extension/core/model/types.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { readRecordingFile, type FilePage } from "../../../extension/core/recording/recording-file.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import { cutToRange } from "../../../extension/export/cut-to-range.ts";
import type { PagePiece } from "../../../extension/export/recording-source.ts";
import { fixtureFolder, type CauseFixture } from "../../causes/fixture.ts";
import { anyLife } from "../core/any-life.ts";
import { START, URL_OF_HUB, script } from "../core/event-script.ts";

/** A share of the recordings of real breaks, each of another kind. */
const recordings = readdirSync(fixtureFolder)
  .filter((name) => name.endsWith(".json"))
  .filter((_, i) => i % 6 === 0)
  .map((name) => [name, pagesOf(readFileSync(path.join(fixtureFolder, name), "utf8"))] as const);

function pagesOf(text: string): readonly FilePage[] {
  const read = readRecordingFile(JSON.stringify((JSON.parse(text) as CauseFixture).recording));
  if (!read.ok) throw new Error(read.problem);
  return read.file.pages;
}

async function* piecesOf(pages: readonly FilePage[], most = 50): AsyncGenerator<PagePiece> {
  for (const page of pages)
    for (let i = 0; i < page.events.length; i += most) {
      await Promise.resolve();
      yield { page, events: page.events.slice(i, i + most) };
    }
}

/** The events of each page that is left. */
async function cut(
  pages: readonly FilePage[],
  from: EpochMilliseconds,
  to: EpochMilliseconds,
  most?: number,
) {
  const left = new Map<string, RecordedEvent[]>();
  for await (const { page, events } of cutToRange(piecesOf(pages, most), { from, to }))
    left.set(page.page, [...(left.get(page.page) ?? []), ...events]);
  return left;
}

function modelOf(pages: Iterable<readonly [string, readonly RecordedEvent[]]>): RecordingModel {
  const reducer = createReducer();
  for (const [page, events] of pages) reducer.apply(page, events);
  return reducer.model;
}

const stateAt = ({ states }: HubConnectionModel, t: EpochMilliseconds): LaneState | undefined =>
  states.findLast(({ from, until }) => from <= t && (until === null || until > t))?.state;

/** The HubConnections that were connected, or about to be, by their own state. */
function alive(pages: readonly FilePage[], t: EpochMilliseconds): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { page, events } of pages)
    for (const event of events)
      if (event.kind === "hub-state" && event.t <= t) {
        const name = `${page} ${event.hub}`;
        if (["Connected", "Connecting", "Reconnecting"].includes(event.to)) found.add(name);
        else found.delete(name);
      }
  return found;
}

/** Their states on the timeline. To a recording that begins now, a resumed connection is a connected one. */
const statesAt = (model: RecordingModel, names: ReadonlySet<string>, t: EpochMilliseconds) =>
  model.hubs
    .map((hub) => ({ name: `${hub.page} ${hub.hub}`, state: stateAt(hub, t) }))
    .filter(({ name }) => names.has(name))
    .map(({ name, state }) => `${name} ${state === "resumed" ? "connected" : state}`)
    .sort();

describe.each(recordings)("a range of %s", (_, pages) => {
  const whole = modelOf(pages.map(({ page, events }) => [page, events]));
  const { from, to } = whole;
  const at = (share: number): EpochMilliseconds => Math.round(from + (to - from) * share);

  it.each([0.3, 0.5, 0.8])("begins at %d with the connections as they were then", async (share) => {
    const model = modelOf(await cut(pages, at(share), to));
    const names = alive(pages, at(share));
    expect(statesAt(model, names, at(share))).toEqual(statesAt(whole, names, at(share)));
  });

  it("has the interruptions that were in it whole, with the same times and ends", async () => {
    const begin = at(0.1);
    const told = (model: RecordingModel) =>
      model.hubs
        .flatMap((hub) => hub.interruptions.map((one) => ({ hub, one })))
        .filter(({ hub, one }) => hub.hub !== null && one.from > begin && stateAt(hub, begin) === "connected")
        .map(({ one }) => [one.from, one.until, one.outcome, one.connectionIdAfter]);
    expect(told(modelOf(await cut(pages, begin, to)))).toEqual(told(whole));
  });
});

const page = (events: readonly RecordedEvent[], id = "p"): FilePage => ({
  ...{ page: id, recording: "p", url: "https://board.example/", events },
});

describe("any range of any recording", () => {
  it("is a recording: numbered upwards, valid, within the range, in pieces or not", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyLife,
        fc.nat(20_000),
        fc.nat(20_000),
        fc.integer({ min: 1, max: 9 }),
        async (events, a, b, most) => {
          const begin = (events[0]?.t ?? 0) + a;
          const left = await cut([page(events)], begin, begin + b, most).catch(() => null);
          if (left === null) return;
          const [own] = left.values();
          const seqs = (own ?? []).map(({ seq }) => seq);
          expect(seqs).toEqual([...new Set(seqs)].sort((x, y) => x - y));
          expect(own?.map(readEvent)).toEqual(own);
          const late = own?.filter(({ t }) => t > begin + b);
          expect(late).toEqual([]);
          expect(left).toEqual(await cut([page(events)], begin, begin + b, 1_000));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("is the whole recording where it begins with it and ends after it", async () => {
    await fc.assert(
      fc.asyncProperty(anyLife, async (events) => {
        const times = events.map(({ t }) => t);
        expect([...(await cut([page(events)], Math.min(...times), Math.max(...times))).values()]).toEqual([
          events,
        ]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a range that begins while a hub is connected", () => {
  const events = script()
    .page()
    .hub(1)
    .state("Disconnected", "Connecting")
    .at(100)
    .add({
      kind: "negotiate",
      request: 1,
      url: `${URL_OF_HUB}/negotiate`,
      api: "fetch",
      askedStatefulReconnect: false,
    })
    .at(200)
    .add({ kind: "negotiate-ended", request: 1, status: 200, connectionId: "abc", negotiateVersion: 1 })
    .add({ kind: "socket", socket: 7, request: 1, transport: "WebSockets", url: URL_OF_HUB })
    .at(300)
    .add({ kind: "socket-opened", socket: 7 })
    .add({ kind: "handshake", socket: 7, direction: "out", protocol: "json", version: 1 })
    .add({ kind: "handshake", socket: 7, direction: "in" })
    .state("Connecting", "Connected", "abc")
    .at(20_000)
    .add({ kind: "message", socket: 7, direction: "in", type: 6, size: 12 }).events;
  const t = START + 10_000;

  it("says so: since when, by which transport, with which id and protocol", async () => {
    const [own] = (await cut([page(events)], t, t + 20_000)).values();
    expect(own?.map(({ kind }) => kind)).toEqual(["page", "hub", "socket", "message"]);
    expect(own?.[1]).toMatchObject({ t, hub: 1, state: "Connected", connectionId: "abc" });
    expect(own?.[2]).toMatchObject({
      ...{ t, socket: 7, already: "connected", since: START + 200 },
      ...{ connectionId: "abc", protocol: "json" },
    });
    expect(own?.[3]).toEqual(events.at(-1));
  });

  it("doesn't say so of one that was lost, and of a HubConnection that another one has replaced", async () => {
    const lost = script()
      .page()
      .hub(1)
      .state("Disconnected", "Connecting")
      .add({ kind: "socket", socket: 1, transport: "WebSockets", url: URL_OF_HUB })
      .add({ kind: "socket-closed", socket: 1, code: 1006, reason: "", wasClean: false })
      .state("Connecting", "Disconnected")
      .hub(2)
      .at(20_000)
      .add({ kind: "online", online: false }).events;
    const [own] = (await cut([page(lost)], t, t + 20_000)).values();
    expect(own).toMatchObject([
      { kind: "page" },
      { kind: "hub", hub: 2, state: "Disconnected" },
      { kind: "online" },
    ]);
  });
});

describe("a page", () => {
  const open = script().page().at(1_000).hub(1).events;

  it("in which nothing happened is in it while it was open, until the end of the range", async () => {
    const events = script().page().at(90_000).add({ kind: "online", online: false }).events;
    const t = (events[0]?.t ?? 0) + 10_000;
    const [own] = (await cut([page(events)], t, t + 5_000)).values();
    expect(own).toEqual([
      { ...events[0], t, midway: true },
      { kind: "still-open", seq: 2, t: t + 5_000 },
    ]);
  });

  it("that had been left, or of which nothing more is known, is not", async () => {
    const left = script().page().at(1_000).add({ kind: "lifecycle", phase: "pagehide", persisted: true });
    const back = left.at(90_000).add({ kind: "lifecycle", phase: "pageshow", persisted: true }).events;
    const t = (open[0]?.t ?? 0) + 10_000;
    await expect(cut([page(back), page(open, "q")], t, t + 5_000)).rejects.toThrow(
      "nothing was recorded in this range",
    );
  });
});
