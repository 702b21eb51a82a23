/** The registration of content scripts, and what is said of a tab. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SiteChoice } from "../../../extension/core/settings.ts";
import { CONTENT_SCRIPTS } from "../../../extension/background/content-scripts.ts";
import { openStore, type Store } from "../../../extension/store/store.ts";
import { findEntryPoints } from "../../../scripts/entry-points.ts";
import { projectRoot } from "../../../scripts/paths.ts";
import { useClock } from "../fakes/clock.ts";
import { START } from "../fakes/events.ts";
import { resetWorld, world } from "../fakes/fake-browser.ts";
import { LinkedExtension } from "../fakes/linked-extension.ts";

vi.mock("webextension-polyfill", () => import("../fakes/fake-browser.ts"));

let extension: LinkedExtension;
let store: Store;
beforeEach(() => {
  useClock(START);
  resetWorld();
  globalThis.indexedDB = new IDBFactory();
  extension = new LinkedExtension();
  store = openStore();
});
afterEach(() => {
  vi.useRealTimers();
});

const ids = CONTENT_SCRIPTS.map(({ file }) => file);
const choose = async (sites: Partial<SiteChoice>): Promise<void> => {
  await store.changeSettings((now) => ({ ...now, sites: { ...now.sites, ...sites } }));
};
const start = async (): Promise<void> => {
  await extension.start();
  await extension.pass(1_000);
};
const patterns = (): unknown[] =>
  [...world.contentScripts.values()].map(({ matches, excludeMatches }) => ({ matches, excludeMatches }));
const both = (matches: string[], excludeMatches: string[] = []): unknown[] =>
  ids.map(() => ({ matches, excludeMatches }));

describe("the content scripts", () => {
  it("are built files", () => {
    const { present } = findEntryPoints(projectRoot);
    for (const id of ids) expect(present.map(({ out }) => `${out}.js`)).toContain(id);
  });

  it("are registered everywhere at first, for all frames, before any script of the page, and for longer than the session", async () => {
    await start();
    expect([...world.contentScripts.values()]).toEqual(
      CONTENT_SCRIPTS.map(({ file, world }) => ({
        ...{ id: file, js: [file], world, matches: ["<all_urls>"], excludeMatches: [] },
        ...{ runAt: "document_start", allFrames: true, matchOriginAsFallback: true },
        persistAcrossSessions: true,
      })),
    );
  });

  it("are left alone when the background is started again", async () => {
    await choose({ where: "except", except: ["example.com", "other.test"] });
    await start();
    expect(patterns()).toEqual(both(["<all_urls>"], ["*://*.example.com/*", "*://*.other.test/*"]));
    world.registrations.length = 0;
    extension.stop();
    await start();
    expect(world.registrations).toEqual([]);
  });

  it("are registered again, as chosen, when the browser has forgotten them", async () => {
    await choose({ where: "only", only: ["example.com"] });
    await start();
    world.contentScripts.clear();
    extension.stop();
    await start();
    expect(patterns()).toEqual(both(["*://*.example.com/*"]));
  });

  it("of an earlier version are withdrawn", async () => {
    const old = { id: "old.js", js: ["old.js"], matches: ["<all_urls>"], excludeMatches: [] };
    world.contentScripts.set(old.id, old);
    await start();
    expect([...world.contentScripts.keys()]).toEqual(ids);
  });

  it("follow a change of the settings, in place, before the change is answered", async () => {
    await start();
    world.registrations.length = 0;
    const changed = async (sites: Partial<SiteChoice>): Promise<unknown[]> => {
      await choose(sites);
      await extension.ask({ to: "background", type: "settings-changed" });
      return patterns();
    };
    expect(await changed({ where: "except", except: ["localhost:5000"] })).toEqual(
      both(["<all_urls>"], ["http://*.localhost:5000/*", "https://*.localhost:5000/*"]),
    );
    expect(await changed({ where: "everywhere" })).toEqual(both(["<all_urls>"]));
    expect(world.registrations).toEqual([`update ${ids.join()}`, `update ${ids.join()}`]);
    expect(await changed({ where: "only", only: [] })).toEqual([]);
    expect(await changed({ only: ["example.com"] })).toEqual(both(["*://*.example.com/*"]));
  });

  it("are registered without ports in Firefox, whose patterns have none", async () => {
    world.base = "moz-extension://hubscope/";
    await choose({ where: "except", except: ["localhost:5000", "localhost:5001", "127.0.0.1:80"] });
    await start();
    expect(patterns()).toEqual(both(["<all_urls>"], ["*://*.localhost/*", "*://127.0.0.1/*"]));
  });

  it("are registered although a stored site is damaged", async () => {
    await choose({ where: "except", except: ["exa mple", "example.com"] });
    await start();
    expect(patterns()).toEqual(both(["<all_urls>"], ["*://*.example.com/*"]));
  });
});

describe("an excluded site", () => {
  it("is recorded no longer, even in pages that were loaded before", async () => {
    await start();
    const page = (origin: string): object => ({
      ...{ to: "background", type: "append", page: "p", top: true, url: `${origin}/` },
      ...{ origin, connections: 1, events: [] },
    });
    const record = async (origin: string): Promise<unknown> => {
      const answer = await extension.tell(page(origin), { tab: { id: 1 }, frameId: 0, url: origin });
      return (answer as { mode: { record: boolean } }).mode.record;
    };
    await choose({ where: "except", except: ["example.com"] });
    expect(await record("https://app.example.com")).toBe(false);
    expect(await record("https://other.test")).toBe(true);
    // A sandboxed frame has no origin of its own.
    await choose({ where: "only", only: ["example.com"] });
    expect(await record("null")).toBe(true);
  });
});

describe("a tab", () => {
  const ask = (): Promise<unknown> => extension.ask({ to: "background", type: "tab-site", tabId: 1 });
  const url = "http://localhost:5000/board";
  const answers = (): void => {
    world.frames.set("1:0", { page: "p", url, origin: "http://localhost:5000", active: false });
  };

  it("runs it if its page has the scripts", async () => {
    await start();
    answers();
    expect(await ask()).toEqual({
      ...{ site: "localhost:5000", origin: "http://localhost:5000", firefox: false, state: "running" },
      document: { page: "p", origin: "http://localhost:5000" },
    });
  });

  it("has a site without a port in Firefox", async () => {
    world.base = "moz-extension://hubscope/";
    await start();
    answers();
    expect(await ask()).toMatchObject({ site: "localhost", firefox: true });
  });

  it("is excluded by the settings, whether or not its page still has the scripts", async () => {
    await start();
    await choose({ where: "except", except: ["localhost:5000"] });
    world.tabs = [{ id: 1, url }];
    expect(await ask()).toMatchObject({ state: "excluded", site: "localhost:5000" });
    answers();
    expect(await ask()).toMatchObject({ state: "excluded" });
  });

  it("needs a reload if it was loaded before", async () => {
    await start();
    world.tabs = [{ id: 1, url }];
    expect(await ask()).toMatchObject({ state: "not-loaded" });
  });

  it("is told to reload only when the scripts are registered for it, as the answer may be quicker than the switch", async () => {
    await choose({ where: "except", except: ["localhost:5000"] });
    await start();
    world.tabs = [{ id: 1, url }];
    expect(await ask()).toMatchObject({ state: "excluded" });
    // The panel has written the setting, and its message about that is still on its way.
    await choose({ where: "everywhere", except: [] });
    expect(await ask()).toMatchObject({ state: "not-loaded" });
    expect(patterns()).toEqual(both(["<all_urls>"]));
  });

  it("isn't allowed by the browser's own site access, which hides its address", async () => {
    await start();
    world.siteAccess = ["https://other.test/*"];
    world.withheld.add(1);
    // Without a script in the tab, which would wait for the user, as would this answer.
    expect(await ask()).toEqual({
      ...{ site: null, origin: null, firefox: false, state: "withheld", document: null },
    });
    world.withheld.clear();
    world.tabs = [{ id: 1, url }];
    expect(await ask()).toMatchObject({ state: "withheld", site: "localhost:5000" });
  });

  it("runs it where the user has allowed that for this tab only, which shows its address", async () => {
    await start();
    world.siteAccess = [];
    world.tabs = [{ id: 1, url }];
    answers();
    expect(await ask()).toMatchObject({ state: "running" });
  });

  it("is silent if its page may have the scripts but doesn't answer", async () => {
    await start();
    world.withheld.add(1);
    expect(await extension.answerWithin(6_000, ask())).toMatchObject({ state: "silent", document: null });
  });

  it("that takes long to load may have the scripts already", async () => {
    await start();
    world.slowToLoad.add(1);
    answers();
    expect(await extension.answerWithin(6_000, ask())).toMatchObject({ state: "running" });
  });

  it("shows a page of the browser if it has no address though all sites are allowed", async () => {
    await start();
    expect(await ask()).toMatchObject({ state: "impossible", site: null });
  });
});
