import { signal } from "@preact/signals";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  importInWorker,
  exportInWorker,
  type FileOrder,
  type FileWorkerAnswer,
} from "../../../panel/state/file-orders.ts";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import { lazyTransfer } from "../../../panel/state/lazy-transfer.ts";
import { createNotices } from "../../../panel/state/notices.ts";
import { gather, type Recording } from "../../../panel/state/recordings.ts";
import type { ImportOptions, ImportOutcome, PanelSource } from "../../../panel/state/source.ts";
import { createTransfer } from "../../../panel/state/transfer.ts";
import { range } from "../fakes/events.ts";
import { UNWATCHED } from "../fakes/unwatched.ts";

const FILE = new File(["{}"], "a.json");

async function bench(change: Partial<PanelSource>) {
  const source = createMemorySource();
  source.append("p", range(1, 3));
  const notices = createNotices();
  const shows: (string | null)[] = [];
  const first = gather(await source.pages())[0]!;
  const shown = signal<Recording | null>(first);
  let removed: string | null = null;
  const incoming = signal<string | null>(null);
  const loaded = signal<{ id: string; load: () => Promise<void> } | null>(null);
  const transfer = createTransfer({ ...source, ...change }, notices, {
    ...{ shown, loaded, incoming, isLive: signal(false) },
    show(recording) {
      shows.push(recording);
      shown.value = recording !== null && recording !== removed ? { ...first, id: recording } : null;
    },
    readPages: () => Promise.resolve(),
  });
  const cancel = (): void =>
    notices.list
      .peek()
      .find(({ action }) => action?.label === "Cancel")
      ?.action?.run();
  const remove = (recording: string): void => {
    removed = recording;
    shown.value = null;
  };
  return { transfer, notices, shows, shown, loaded, incoming, cancel, remove };
}

/** Rejects when it is cancelled. */
const untilCancelled = (abort: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    abort.addEventListener("abort", () => {
      reject(abort.reason as Error);
    });
  });

describe("a file that is read", () => {
  it("shows its progress and, as soon as it can, its recording", async () => {
    let options: ImportOptions | undefined;
    let resolve: (outcome: ImportOutcome) => void = () => undefined;
    const outcome = new Promise<ImportOutcome>((done) => {
      resolve = done;
    });
    const { transfer, notices, shows } = await bench({
      importFile(_, given) {
        options = given;
        return outcome;
      },
    });
    const done = transfer.import([FILE]);
    options?.onProgress(0.25);
    expect(notices.list.peek()).toMatchObject([{ text: "Reading a.json…", progress: 0.25 }]);
    options?.onBegun("new");
    await vi.waitFor(() => {
      expect(shows).toEqual(["new"]);
    });
    resolve({
      recording: "new",
      warnings: ["The file ends early: 5 events were read, the rest is missing."],
    });
    await done;
    expect(shows).toEqual(["new", "new"]);
    expect(notices.list.peek()).toMatchObject([
      {
        tone: "warn",
        text: "a.json: The file ends early: 5 events were read, the rest is missing.",
        about: "new",
      },
    ]);
  });

  it("counts as being read until the panel has loaded all of it", async () => {
    const { transfer, notices, loaded, incoming } = await bench({
      importFile(_, { onBegun }) {
        onBegun("new");
        return Promise.resolve({ recording: "new", warnings: [] });
      },
    });
    let isLoaded: () => void = () => undefined;
    const load = vi.fn(() => new Promise<void>((done) => (isLoaded = done)));
    loaded.value = { id: "new", load };
    const done = transfer.import([FILE]);
    await vi.waitFor(() => {
      expect(load).toHaveBeenCalledOnce();
    });
    expect(incoming.value).toBe("new");
    expect(notices.list.peek()).toMatchObject([{ text: "Reading a.json…" }]);
    isLoaded();
    await done;
    expect(incoming.value).toBeNull();
    expect(notices.list.peek()).toEqual([]);
  });

  it("can be cancelled: that is no error, and what was shown of it isn't any more", async () => {
    const { transfer, notices, shows, cancel } = await bench({
      importFile(_, { onBegun, signal: abort }) {
        onBegun("new");
        return untilCancelled(abort);
      },
    });
    const done = transfer.import([FILE]);
    await vi.waitFor(() => {
      expect(shows).toEqual(["new"]);
    });
    cancel();
    await done;
    expect(shows).toEqual(["new", null]);
    expect(notices.list.peek()).toEqual([]);
  });

  it("that fails stops being shown, and the user is told", async () => {
    const { transfer, notices, shows } = await bench({
      async importFile(_, { onBegun }) {
        onBegun("new");
        await Promise.resolve();
        throw new Error("there is no room left for it; remove recordings first");
      },
    });
    await transfer.import([FILE]);
    expect(shows).toEqual(["new", null]);
    expect(notices.list.peek()).toMatchObject([
      { tone: "bad", text: expect.stringContaining("no room left") as string },
    ]);
  });
});

describe("a recording that is deleted while it is read", () => {
  it.each([
    ["", null],
    [" at its very end", { recording: "new", warnings: [] }],
  ])("isn't shown any more%s, and nothing is said", async (_title, outcome) => {
    const { transfer, notices, shows, remove } = await bench({
      async importFile(_, { onBegun }) {
        onBegun("new");
        await vi.waitFor(() => {
          expect(shows).toEqual(["new"]);
        });
        remove("new");
        return outcome;
      },
    });
    await transfer.import([FILE]);
    expect(shows.at(-1)).toBeNull();
    expect(notices.list.peek()).toEqual([]);
  });
});

describe("a user who looks at another recording meanwhile", () => {
  it.each([true, false])("stays there (the file can be read: %s)", async (isRead) => {
    const { transfer, shows, shown } = await bench({
      async importFile(_, { onBegun }) {
        onBegun("new");
        await vi.waitFor(() => {
          expect(shows).toEqual(["new"]);
        });
        shown.value = shown.value && { ...shown.value, id: "another" };
        if (!isRead) throw new Error("it is damaged");
        return { recording: "new", warnings: [] };
      },
    });
    await transfer.import([FILE]);
    expect(shows).toEqual(["new"]);
  });
});

describe("a file that is written", () => {
  it("can be cancelled", async () => {
    const { transfer, notices, cancel } = await bench({
      export: (_recording, _kind, _contents, { signal: abort }) => untilCancelled(abort),
    });
    const done = transfer.export("json", { payloads: true });
    expect(notices.list.peek()).toMatchObject([{ text: "Writing the file…", action: { label: "Cancel" } }]);
    cancel();
    await done;
    expect(notices.list.peek()).toEqual([]);
  });
});

describe("the worker for a file", () => {
  class FakeWorker {
    static last: FakeWorker;
    onmessage: ((event: { data: FileWorkerAnswer }) => void) | null = null;
    readonly orders: FileOrder[] = [];
    isTerminated = false;
    constructor() {
      FakeWorker.last = this;
    }
    postMessage(order: FileOrder): void {
      this.orders.push(order);
    }
    terminate(): void {
      this.isTerminated = true;
    }
    answer(data: FileWorkerAnswer): void {
      this.onmessage?.({ data });
    }
  }
  vi.stubGlobal("Worker", FakeWorker);
  afterEach(() => {
    expect(FakeWorker.last.isTerminated).toBe(true);
  });

  it("is asked to remove what it has stored, before it is ended", async () => {
    const cancel = new AbortController();
    const stored: unknown[] = [];
    const importing = importInWorker(FILE, {
      ...{ ...UNWATCHED, signal: cancel.signal },
      onStored: (events) => stored.push(events.upTo),
    });
    const worker = FakeWorker.last;
    worker.answer({ type: "stored", recording: "new", page: "new", upTo: 5_000 });
    cancel.abort();
    expect(worker.orders.map(({ type }) => type)).toEqual(["import", "cancel"]);
    await Promise.resolve();
    expect(worker.isTerminated).toBe(false);
    worker.answer({ type: "cancelled" });
    await expect(importing).rejects.toThrow("abort");
    expect(stored).toEqual([5_000]);
  });

  it("is ended at once when an export is cancelled", async () => {
    const cancel = new AbortController();
    const order = { recording: "p", kind: "json", options: { payloads: true }, hubscope: "1" } as const;
    const exporting = exportInWorker(order, { ...UNWATCHED, signal: cancel.signal });
    cancel.abort();
    await expect(exporting).rejects.toThrow("abort");
  });

  it("hands out its result", async () => {
    const importing = importInWorker(FILE, { ...UNWATCHED, onStored: () => undefined });
    FakeWorker.last.answer({ type: "imported", outcome: { recording: "r", warnings: [] } });
    expect(await importing).toEqual({ recording: "r", warnings: [] });
  });
});

describe("files, while the code for them is loaded", () => {
  it("are those that were chosen, even if the field is emptied meanwhile", async () => {
    const read: File[] = [];
    const transfer = lazyTransfer(createNotices(), () =>
      Promise.resolve({
        export: () => Promise.resolve(),
        text: () => Promise.resolve(null),
        inspect: () => Promise.resolve(null),
        import(files) {
          read.push(...files);
          return Promise.resolve();
        },
      }),
    );
    const field = [FILE];
    const importing = transfer.import(field);
    field.length = 0;
    await importing;
    expect(read).toEqual([FILE]);
  });

  it("can be tried again if it can't be loaded, and an error says so", async () => {
    const notices = createNotices();
    const { transfer } = await bench({});
    let tries = 0;
    const lazily = lazyTransfer(notices, () =>
      ++tries === 1 ? Promise.reject(new Error("Failed to fetch")) : Promise.resolve(transfer),
    );
    const exporting = vi.spyOn(transfer, "export").mockResolvedValue();
    await lazily.export("json", { payloads: true });
    expect(notices.list.value).toMatchObject([
      { tone: "bad", text: expect.stringContaining("Failed to fetch") as string },
    ]);
    expect(exporting).not.toHaveBeenCalled();
    await lazily.export("json", { payloads: true });
    expect(exporting).toHaveBeenCalledOnce();
  });
});
