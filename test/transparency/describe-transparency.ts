/** Runs every check on a native page, a hooked page, and a hooked page that is being recorded: all results must be equal. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  launchBrowser,
  type BrowserName,
  type TestBrowser,
  type TestPage,
} from "../harness/browser/index.ts";
import { clauses, type ClauseName } from "./clauses.ts";
import { differences } from "./differences.ts";
import { describeFaults } from "./faults.ts";
import { buildExtensions, type Extensions } from "./harness/extensions.ts";
import { startServers, type Servers } from "./harness/servers.ts";
import { command, readStore, type RecordedPage } from "./harness/store.ts";
import { describeTransportFaults } from "./transport-faults.ts";
import { describeHostilePages, type Hooked } from "./hostile.ts";

type Results = Partial<Record<ClauseName, Record<string, unknown>>>;
const names = Object.keys(clauses) as ClauseName[];
/** Time for three runs of every check on a busy machine. */
const PATIENCE = 240_000;
const PATIENT = { timeout: 10_000 };
/** The pages of this clause connect by themselves, so they are never idle. */
const neverIdle: ClauseName = "window: patched pages";
const idleNames = names.filter((name) => name !== neverIdle);

export function describeTransparency(browserName: BrowserName): void {
  let servers!: Servers;
  let extensions!: Extensions;
  let hooked!: TestBrowser;
  let extensionPage: TestPage;
  let native: Results = {};
  let idle: Results = {};
  let recording: Results = {};
  let stored: RecordedPage[] = [];

  const runAll = async (
    page: TestPage,
    chosen: readonly ClauseName[],
    before?: () => Promise<void>,
  ): Promise<Results> => {
    const results: Results = {};
    for (const clause of chosen) {
      await before?.();
      const text = await page.evaluate(
        (name, place) => window.compliance.run(name, place),
        clause,
        servers.place,
      );
      results[clause] = JSON.parse(text) as Record<string, unknown>;
    }
    return results;
  };

  beforeAll(async () => {
    servers = await startServers();
    extensions = await buildExtensions(browserName);
    const { origin, hub } = servers.place;
    const plain = await launchBrowser(browserName, { extensionDir: extensions.inert });
    try {
      native = await runAll(await plain.newPage(`${origin}/`), names);
    } finally {
      await plain.close();
    }
    hooked = await launchBrowser(browserName, { extensionDir: extensions.hubscope });
    idle = await runAll(await hooked.newPage(`${origin}/`), idleNames);

    extensionPage = await hooked.extensionPage("popup.html");
    const page = await hooked.newPage(`${origin}/?recording=1`);
    await page.evaluate((url) => window.compliance.connect(url), hub);
    await page.waitFor("the connection to be busy", () => window.compliance.received() > 5);
    const tabId = await tabOf(extensionPage, "/?recording=…");
    recording = await runAll(page, names, async () => {
      await command(extensionPage, { type: "panel-open", panel: "test", tabId, origin });
    });
    stored = await readStore(extensionPage);
  }, PATIENCE);

  afterAll(async () => {
    await hooked.close();
    await servers.stop();
    await extensions.remove();
  });

  describe.each([
    ["hooked and idle", idleNames, () => idle],
    ["hooked and recording", names, () => recording],
  ] as const)("%s", (_state, chosen, results) => {
    describe.each(chosen)("%s", (clause) => {
      it.each(Object.keys(clauses[clause]))("%s", (check) => {
        const expected = native[clause]?.[check];
        const difference = differences[clause]?.[check];
        const seen = results()[clause]?.[check];
        expect(expected).not.toBe("timed out");
        if (difference && (difference.only ?? browserName) === browserName) {
          expect(seen).toEqual(difference.hooked);
          expect(seen).not.toEqual(expected);
        } else expect(seen).toEqual(expected);
      });
    });
  });

  it("the checked libraries really use the functions that Hubscope wraps", () => {
    expect(native["window: libraries"]).toMatchObject({
      sentry: {
        fetched: { "sentry-trace": true },
        sent: { "sentry-trace": true },
        seen: ["fetch", "fetch", "xhr"],
      },
      datadog: { fetched: { "x-datadog-trace-id": true, traceparent: true }, sent: { traceparent: true } },
      "new-relic": { fetched: { newrelic: true }, sent: { newrelic: true } },
      "open-telemetry": { fetched: { traceparent: true }, seen: ["HTTP GET", "HTTP POST"] },
      zone: {
        seen: expect.arrayContaining(["XMLHttpRequest.send", "WebSocket.addEventListener:open"]) as string[],
      },
    });
  });

  describe("the recording made during the checks", () => {
    it("contains the page of the checks, from beginning to end", () => {
      const page = stored.find(({ url }) => url.endsWith("/?recording=…"));
      expect(kindsOf(page)).toEqual(
        expect.arrayContaining(FULL.filter((kind) => !kind.startsWith("socket-clos"))),
      );
      expect(page?.recorded.filter(({ kind }) => kind === "message").length).toBeGreaterThan(100);
      expect(kindsOf(page)).not.toContain("dropped");
    });

    it("contains the connections that the checks made over every transport", async () => {
      const ofTransport = async (transport: string): Promise<string[]> => {
        const page = (await readStore(extensionPage)).find(({ url }) => url.endsWith("/?recording=…"));
        const sockets = page?.recorded.flatMap((event) =>
          event.kind === "socket" && event.transport === transport ? [event.socket] : [],
        );
        const own = page?.recorded.filter((event) => "socket" in event && sockets?.includes(event.socket));
        return [...new Set(own?.map(({ kind }) => kind))];
      };
      const parts = ["socket", "socket-opened", "handshake", "message", "socket-closing", "socket-closed"];
      // The page is in a background tab now: its timers fire only once a second, and its last events come with them.
      await expect
        .poll(() => ofTransport("ServerSentEvents"), PATIENT)
        .toEqual(expect.arrayContaining(parts));
      await expect
        .poll(() => ofTransport("LongPolling"), PATIENT)
        .toEqual(expect.arrayContaining([...parts, "transport-request"]));
    });

    it.each(RECORDED_IN_FULL)("contains pages with %s, completely", async (name) => {
      const pages = (): RecordedPage[] =>
        stored.filter(({ url }) => new URL(url).pathname.endsWith(`/${name}`));
      const full: unknown = expect.arrayContaining(FULL);
      // The last events of pages that were left may still be under way.
      const kinds = async (): Promise<string[][]> => {
        if (!pages().every((page) => FULL.every((kind) => kindsOf(page).includes(kind))))
          stored = await readStore(extensionPage);
        return pages().map(kindsOf);
      };
      // Without a patch there are two pages: one has a strict content security policy.
      await expect.poll(kinds, PATIENT).toEqual(name === "nothing" ? [full, full] : [full]);
      for (const page of pages()) {
        expect(kindsOf(page)).not.toContain("dropped");
        expect(page.recorded.filter(({ kind }) => kind === "socket")).toHaveLength(1);
      }
    });

    it("contains no token", () => {
      const text = JSON.stringify(stored.map(({ recorded }) => recorded));
      expect(text).not.toContain("not-of-signalr");
      expect(text).not.toMatch(/[?&]id=[^…]/);
      expect(text).not.toContain("eyJ");
    });
  });

  const current = (): Hooked => ({ browser: hooked, extension: extensionPage, place: servers.place });
  describeHostilePages(current);
  describeFaults(current);
  describeTransportFaults(current);
}

const FULL = [
  "page",
  "hub",
  "hub-state",
  "negotiate",
  "negotiate-ended",
  "socket",
  "socket-opened",
  "handshake",
].concat("message", "socket-closing", "socket-closed");

/** With other patches a recording may contain less. */
const RECORDED_IN_FULL = [
  "nothing",
  "toJSON-on-Object",
  "Promise-then",
  "Promise-replaced",
  "Array-push",
  "Map-methods",
  "WeakMap-methods",
  "Reflect-methods",
  "Reflect-gone",
  "Object-prototype-frozen",
  "Object-prototype-polluted",
  "EventTarget-methods",
  "Event-constructors",
  "Event-getters",
  "CloseEvent-odd",
  "WebSocket-getters",
  "WebSocket-methods",
  "WebSocket-wrapped",
  "WebSocket-prototype-frozen",
  "fetch-wrapped",
  "fetch-guarded",
  "fetch-getters",
  "MessagePort-methods",
  "microtasks",
  "microtasks-never",
  "clocks",
  "base64",
];

function kindsOf(page: RecordedPage | undefined): string[] {
  return [...new Set(page?.recorded.map(({ kind }) => kind))];
}

/** The extension's id for the tab whose page has this path. */
async function tabOf(extension: TestPage, path: string): Promise<number> {
  for (;;) {
    const page = (await readStore(extension)).find(({ url }) => url.endsWith(path));
    if (page) return page.tabId;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
