/**
 * Runs checks in workers: native ones, hooked ones, and hooked ones with a connection that is being recorded. All results must be
 * equal but for the listed differences. Only in Firefox there is a hook in workers.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, type TestBrowser, type TestPage } from "../harness/browser/index.ts";
import { switchWorkersOn } from "../harness/settings.ts";
import { differences, type Difference } from "./differences.ts";
import { buildExtensions, type Extensions } from "./harness/extensions.ts";
import { startServers, type Servers } from "./harness/servers.ts";
import { readStore } from "./harness/store.ts";
import type { ToWorker } from "./page/worker.ts";
import { workerClauses, type WorkerClause } from "./worker-clauses.ts";

declare global {
  interface Window {
    /** In the page of the worker: sends it a message, and resolves with the answer. */
    inWorker(message: ToWorker): Promise<string>;
  }
}

type Results = Partial<Record<WorkerClause, Record<string, unknown>>>;

const KINDS = ["dedicated", "module", "shared"] as const;
const names = Object.keys(workerClauses) as WorkerClause[];
const PATIENCE = 300_000;

/** Those of the page, and one of workers alone. */
const known: Readonly<Partial<Record<string, Readonly<Record<string, Difference>>>>> = {
  ...differences,
  worker: {},
};

let servers: Servers;
let extensions: Extensions;
let hooked: TestBrowser | undefined;
const results: Record<string, Record<"native" | "hooked" | "recording", Results>> = {};
let recorded: string[] = [];

const runAll = async (page: TestPage): Promise<Results> => {
  const all: Results = {};
  for (const clause of names) {
    const text = await page.evaluate((message) => window.inWorker(message), { clause, place: servers.place });
    all[clause] = JSON.parse(text) as Record<string, unknown>;
  }
  return all;
};

beforeAll(async () => {
  servers = await startServers();
  extensions = await buildExtensions("firefox");
  const address = (kind: string, marker: string): string =>
    `${servers.place.origin}/worker?kind=${kind}&marker=${marker}`;
  const plain = await launchBrowser("firefox", { extensionDir: extensions.inert });
  const native: Record<string, Results> = {};
  try {
    for (const kind of KINDS) {
      const page = await plain.newPage(address(kind, "same"));
      native[kind] = await runAll(page);
      await page.close();
    }
  } finally {
    await plain.close();
  }
  hooked = await launchBrowser("firefox", { extensionDir: extensions.hubscope });
  const extension = await hooked.extensionPage("popup.html");
  await switchWorkersOn(hooked, extension, `${servers.place.origin}/blank`);
  for (const kind of KINDS) {
    const page = await hooked.newPage("about:blank");
    await page.openPanel();
    await page.goto(address(kind, "same"));
    const idle = await runAll(page);
    await page.evaluate((message) => window.inWorker(message), { connect: servers.place.hub });
    results[kind] = { native: native[kind] ?? {}, hooked: idle, recording: await runAll(page) };
    await page.close();
  }
  recorded = (await readStore(extension)).flatMap(({ recorded: [first] }) =>
    first?.kind === "page" && first.worker !== undefined ? first.worker : [],
  );
}, PATIENCE);

afterAll(async () => {
  await hooked?.close();
  await servers.stop();
  await extensions.remove();
});

describe.each(KINDS)("a %s worker", (kind) => {
  describe.each(["hooked", "recording"] as const)("%s", (state) => {
    describe.each(names)("%s", (clause) => {
      it.each(Object.keys(workerClauses[clause]))("%s", (check) => {
        const expected = results[kind]?.native[clause]?.[check];
        const seen = results[kind]?.[state][clause]?.[check];
        const difference = known[clause]?.[check];
        expect(expected).toBeDefined();
        expect(expected).not.toBe("timed out");
        if (difference && (difference.only ?? "firefox") === "firefox") {
          expect(seen).toEqual(difference.hooked);
          expect(seen).not.toEqual(expected);
        } else expect(seen).toEqual(expected);
      });
    });
  });
});

it("the hooked workers were really recorded", () => {
  expect(recorded).toEqual(["dedicated", "dedicated", "shared"]);
});
