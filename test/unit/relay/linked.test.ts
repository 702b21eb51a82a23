/** Tests the whole path of an event, from the hook's port to the database, with all kinds of losses on the way. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createBridge } from "../../../content-script/relay/bridge.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { Settings } from "../../../extension/core/settings.ts";
import { openStore, type Store } from "../../../extension/store/store.ts";
import { useClock } from "../fakes/clock.ts";
import { START, lost, read, seqs } from "../fakes/events.ts";
import { resetWorld, world } from "../fakes/fake-browser.ts";
import { FakePage } from "../fakes/fake-page.ts";
import { FATES, LinkedExtension, type Fate } from "../fakes/linked-extension.ts";

vi.mock("webextension-polyfill", () => import("../fakes/fake-browser.ts"));

/** Fewer than the number of rejections after which an event is dropped. */
const MAX_FATES = 7;
/** Longer than all retries take, and than the latest message is delayed. */
const AT_LAST = 40_000;

interface Stage {
  readonly extension: LinkedExtension;
  readonly page: FakePage;
  readonly store: Store;
}

/** Starts a new page in a new tab with a new extension. */
function begin(fates: readonly Fate[]): Stage {
  vi.useRealTimers();
  useClock(START + 60_000);
  resetWorld();
  globalThis.indexedDB = new IDBFactory();
  const extension = new LinkedExtension();
  extension.fates = [...fates];
  const page = new FakePage();
  let ids = 0;
  const bridge = createBridge({
    newPage: () => `p${++ids}`,
    port: page.port,
    runtime: extension.runtime(1),
    about: () => ({ top: true, url: "https://a.example/", origin: "https://a.example" }),
  });
  page.lastWords = bridge.hearLast;
  return { extension, page, store: openStore() };
}

afterEach(() => {
  vi.useRealTimers();
});

/** One action of the test. Its name is shown in failing examples. */
class Step {
  constructor(
    private readonly name: string,
    readonly run: (stage: Stage) => unknown,
  ) {}

  toString(): string {
    return this.name;
  }
}

const messages = (count: number) => new Step(`${count} messages`, ({ page }) => page.messages(count));
const pass = (time: number) => new Step(`${time} ms`, ({ extension }) => extension.pass(time));
const stop = new Step("stop", ({ extension }) => extension.stop());
const hide = new Step("hide", ({ page }) => page.hide());
const show = new Step("show", ({ page }) => page.show());
const startOver = new Step("start over", () => {
  void world.relays.get("1:0")?.({ to: "relay", type: "start-over" });
});
const change = (name: string, settings: Partial<Settings>): Step =>
  new Step(name, async ({ extension, store }) => {
    await store.changeSettings((now) => ({ ...now, ...settings }));
    void extension.ask({ to: "background", type: "settings-changed" });
  });
const off = change("off", { recording: false });
const on = change("on", { recording: true });
const withoutProbe = change("without probe", { probe: false });
const withProbe = change("with probe", { probe: true });

const anyFates = fc.array(fc.constantFrom<Fate>(...FATES), { maxLength: MAX_FATES });
const someMessages = fc.integer({ min: 1, max: 8 }).map(messages);
const someTime = fc.constantFrom(1, 300, 1_500, 11_000).map(pass);

/** Runs all steps, and waits until everything has arrived. */
async function play({ extension, page, ...rest }: Stage, steps: readonly Step[]): Promise<void> {
  for (const step of steps) await step.run({ extension, page, ...rest });
  extension.fates = [];
  page.show();
  await extension.pass(AT_LAST);
}

/** Checks that there are no holes. Only the end may be missing, if it was under way when recording was switched off. */
function expectWhole(stored: readonly RecordedEvent[]): void {
  const body = stored.at(-1)?.kind === "recording-ended" ? stored.slice(0, -1) : stored;
  const from = body[0]?.seq ?? 1;
  const missing = (body.at(-1)?.seq ?? 0) - from + 1 - body.length;
  const noted = lost(body) - body.filter(({ kind }) => kind === "dropped").length;
  const all = stored.map(({ seq, kind }) => `${seq} ${kind}`);
  expect({ all, noted }).toEqual({ all, noted: missing });
}

describe("an event on its way from the page to the database", () => {
  it("is stored once and in order, even if messages are lost, late or doubled, the background stops or the page is left", async () => {
    const anyStep = fc.oneof(
      someMessages,
      someMessages,
      someTime,
      someTime,
      fc.constantFrom(stop, hide, show),
    );
    await fc.assert(
      fc.asyncProperty(anyFates, fc.array(anyStep, { minLength: 1, maxLength: 14 }), async (fates, steps) => {
        const stage = begin(fates);
        await play(stage, steps);
        expect(stage.page.recordings.length).toBeLessThan(2);
        expect(seqs(await read(stage.store, "p1"))).toEqual(seqs(stage.page.recordings[0] ?? []));
      }),
      { numRuns: 25 },
    );
  });

  it("is stored in the right recording without holes, no matter how recording is switched", async () => {
    const anyStep = fc.oneof(
      ...[someMessages, someMessages, someTime],
      fc.constantFrom(...[off, on, withoutProbe, withProbe, startOver, stop, hide, show]),
    );
    await fc.assert(
      fc.asyncProperty(anyFates, fc.array(anyStep, { minLength: 1, maxLength: 16 }), async (fates, steps) => {
        const stage = begin(fates);
        await play(stage, steps);
        const { recordings } = stage.page;
        const recordingOf = (seq: number): number =>
          recordings.findIndex((events) => seq <= (events.at(-1)?.seq ?? 0));
        const found = new Set<number>();
        for (const { page } of await stage.store.pages()) {
          const stored = await read(stage.store, page);
          const own = recordingOf(stored[0]?.seq ?? 0);
          expect(stored[0]?.kind).toBe("page");
          expect(new Set(stored.map(({ seq }) => recordingOf(seq)))).toEqual(new Set([own]));
          expect(found).not.toContain(own);
          found.add(own);
          expectWhole(stored);
        }
        // The last recording continues.
        const last = recordings.length - 1;
        if (last >= 0 && stage.page.mode?.record) expect(found).toContain(last);
      }),
      {
        numRuns: 40,
        examples: [
          [["answered slowly"], [messages(1), off, pass(1), on, messages(1)]],
          [[], [off, messages(1), hide, pass(1), on]],
          [[], [hide, off, on]],
          [[], [messages(1), startOver, hide, show, messages(1)]],
        ],
      },
    );
  });
});
