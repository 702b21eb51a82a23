/** A hostile page gets no port, and its messages reach neither the relay nor a recording. */
import { expect, it } from "vitest";
import type { TestBrowser, TestPage } from "../harness/browser/index.ts";
import type { Place } from "./check.ts";
import { readStore, type RecordedPage } from "./harness/store.ts";
import { FORGED } from "./page/attack.ts";

export interface Hooked {
  readonly browser: TestBrowser;
  /** One of the extension's own pages. */
  readonly extension: TestPage;
  readonly place: Place;
}

export function describeHostilePages(hooked: () => Hooked): void {
  it("a hostile page gets no access to the hook, and the hook accepts nothing from it", async () => {
    const { browser, extension, place } = hooked();
    const page = await browser.newPage(`${place.origin}/?hostile=1`);
    await page.evaluate((hub) => window.compliance.connect(hub), place.hub);
    const loot: unknown = JSON.parse(await page.evaluate(() => window.compliance.attack()));
    expect(loot).toEqual({ ports: [], names: [], received: [], api: [] });

    const before = (await recorded(extension)).length;
    await expect
      .poll(async () => (await recorded(extension)).length, { timeout: 10_000 })
      .toBeGreaterThan(before + 5);
    const events = await recorded(extension);
    expect(events.filter(({ kind }) => kind === "fault" || kind === "socket-closed")).toEqual([]);
    expect(JSON.stringify(await readStore(extension))).not.toContain(FORGED);
    await page.close();
  });
}

async function recorded(extension: TestPage): Promise<RecordedPage["recorded"]> {
  const page = (await readStore(extension)).find(({ url }) => url.endsWith("/?hostile=…"));
  return page?.recorded ?? [];
}
