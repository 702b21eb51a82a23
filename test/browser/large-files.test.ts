/** Large files and their exports must not block the panel's main thread. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import type { TestPage } from "../harness/browser/index.ts";
import { PanelSession } from "../harness/panel-session.ts";
import { describeBrowsers } from "../harness/stage.ts";

const AT = Date.UTC(2026, 10, 24);
/** Longer than any task of the panel on an idle machine; much shorter than the work for a whole file. */
const LONGEST_TASK = 500;
/** Or this share of the whole time for a file, because on a busy machine everything takes longer. */
const LONGEST_SHARE = 1 / 4;

describeBrowsers("large files", (stage) => {
  let hub: RunningHub;
  let page: TestPage;
  let panel: PanelSession;
  beforeAll(async () => {
    hub = await startNodeHub();
    page = await stage.openBoard(hub);
    panel = new PanelSession(await page.openPanel());
    await panel.waitForHubs("connected");
    await panel.tab("report");
  });
  afterAll(() => hub.stop());

  const open = async (name: string, text: string): Promise<void> => {
    const file = path.join(stage.downloads, name);
    await writeFile(file, text);
    await panel.target.upload('[data-testid="import-file"]', file);
  };
  /** Starts to measure the longest tasks of the panel's main thread. Stored in the document, which all evaluations share. */
  const watch = (): Promise<void> =>
    panel.target.evaluate(() => {
      const { dataset } = document.documentElement;
      dataset["longest"] = "0";
      dataset["from"] = String(performance.now());
      let last = performance.now();
      const timer = setInterval(() => {
        const now = performance.now();
        if (dataset["longest"] === undefined) clearInterval(timer);
        else dataset["longest"] = String(Math.max(Number(dataset["longest"]), now - last));
        last = now;
      }, 5);
    });
  /** Checks that no task since `watch()` was too long. */
  const expectShortTasks = async (what: string): Promise<void> => {
    const { longest, whole } = await panel.target.evaluate(() => {
      const { dataset } = document.documentElement;
      const found = Number(dataset["longest"]);
      delete dataset["longest"];
      return { longest: found, whole: performance.now() - Number(dataset["from"]) };
    });
    expect(longest, what).toBeLessThan(Math.max(LONGEST_TASK, whole * LONGEST_SHARE));
  };
  const told = (words: string): Promise<unknown> =>
    panel.target.waitFor("the panel's answer", (wanted) => document.body.innerText.includes(wanted), words);

  it("rejects a file of 100,000 pages, and the panel stays responsive meanwhile", async () => {
    const events = Array.from({ length: 8 }, (_, i) => ({
      kind: "online",
      seq: i + 1,
      t: AT + i,
      online: true,
    }));
    const one = JSON.stringify({ page: "p", url: "https://a.example/", events });
    await watch();
    await open(
      "pages.json",
      `{"format":"hubscope-recording","version":2,"pages":[${Array<string>(100_000).fill(one).join()}]}`,
    );
    await told("Hubscope opens up to 1000");
    await expectShortTasks("refusing");
  });

  it("opens a file with an address of a megabyte, and the panel stays responsive meanwhile", async () => {
    const url = `data:text/html,${"x?&".repeat(350_000)}`;
    const event = {
      ...{ kind: "page", seq: 1, t: AT, url, userAgent: "test", openedAt: AT, top: true, visible: true },
      ...{ online: true, wasDiscarded: false, navigation: "navigate", probe: true },
    };
    await watch();
    await open(
      "address.json",
      JSON.stringify({
        ...{ format: "hubscope-recording", version: 2, exportedAt: "", hubscope: "" },
        pages: [{ page: "p", recording: "p", url, events: [event] }],
      }),
    );
    await panel.target.waitFor(
      "the imported recording",
      () => document.querySelector('[data-testid="imported-banner"]') !== null,
    );
    await expectShortTasks("opening");
  });

  it("of which the recording is deleted while it is read: that is no error, and all of it is gone", async () => {
    const rows = (): Promise<string[]> =>
      panel.target.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('[data-testid="recording-row"]')].map(
          (row) => row.dataset["recording"] ?? "",
        ),
      );
    await panel.target.click('[data-testid="recording-picker"]');
    const before = await rows();
    await panel.target.press("Escape");
    const url = "wss://a.example/hub";
    const messages = Array.from({ length: 150_000 }, (_, i) => ({
      ...{ kind: "message", seq: i + 2, t: AT + i, socket: 1, direction: "in", type: 1, size: 100 },
      ...{ target: "tick", payload: `{"type":1,"target":"tick","arguments":["${"x".repeat(200)}"]}` },
    }));
    const events = [{ kind: "socket", seq: 1, t: AT, socket: 1, transport: "WebSockets", url }, ...messages];
    const head = { format: "hubscope-recording", version: 2, exportedAt: "", hubscope: "" };
    const page = { page: "p", recording: "p", url: "https://a.example/", events };
    await open("deleted.json", JSON.stringify({ ...head, pages: [page] }));
    await panel.target.click('[data-testid="recording-picker"]');
    await panel.target.waitFor("a recording that isn't read to its end", () =>
      document.body.innerText.includes("not read to its end"),
    );
    const deleted = await panel.target.evaluate(() => {
      const row = [...document.querySelectorAll<HTMLElement>('[data-testid="recording-row"]')].find((one) =>
        one.innerText.includes("not read to its end"),
      );
      row?.querySelector<HTMLElement>('[title="Delete"]')?.click();
      return row?.dataset["recording"] ?? "";
    });
    expect(deleted).toContain("file:");
    await panel.target.waitFor(
      "the end of reading",
      () => document.querySelector('.notices [role="progressbar"]') === null,
    );
    expect(await rows()).toEqual(before);
    expect(
      await panel.target.evaluate(() => [
        document.querySelector('[data-testid="notice-bad"]')?.textContent ?? "",
        document.body.innerText.includes("deleted.json"),
      ]),
    ).toEqual(["", false]);
  });

  it("opens and exports a file of 20,000 messages, and the panel stays responsive meanwhile", async () => {
    // What the toolbar says of this file, as often as it changes.
    await panel.target.evaluate(() => {
      const told: string[] = [];
      new MutationObserver(() => {
        const isShown = document.querySelector('[data-testid="imported-banner"]')?.textContent;
        const { messages } = document.querySelector<HTMLElement>('[data-testid="counters"]')?.dataset ?? {};
        if (!isShown?.includes("messages.json") || messages === undefined || told.includes(messages)) return;
        told.push(messages);
        document.documentElement.dataset["told"] = told.join();
      }).observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-messages"] });
    });
    const url = "wss://a.example/hub";
    const secrets = (i: number): string =>
      Array.from({ length: 40 }, (_, j) => `"password=hunter${i}-${j}"`).join();
    const first = [
      { kind: "socket", seq: 1, t: AT, socket: 1, transport: "WebSockets", url, already: "connected" },
    ];
    const messages = Array.from({ length: 20_000 }, (_, i) => ({
      ...{ kind: "message", seq: i + 2, t: AT + i, socket: 1, direction: "in", type: 1, size: 100 },
      ...{ target: "tick", payload: `{"type":1,"target":"tick","arguments":[${secrets(i)}]}` },
    }));
    await open(
      "messages.json",
      JSON.stringify({
        ...{ format: "hubscope-recording", version: 2, exportedAt: "", hubscope: "" },
        pages: [{ page: "p", recording: "p", url: "https://a.example/", events: [...first, ...messages] }],
      }),
    );
    await panel.target.waitFor("all of its messages", () =>
      document.querySelector<HTMLElement>('[data-testid="counters"]')?.innerText.includes("20,000"),
    );
    // No number that is only a part of them.
    expect(await panel.target.evaluate(() => document.documentElement.dataset["told"])).toBe("20000");
    for (const kind of ["json", "html"] as const) {
      await watch();
      await panel.exportFile(kind, stage.downloads);
      await expectShortTasks(`writing ${kind}`);
    }
  });
});
