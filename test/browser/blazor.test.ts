/** A real Blazor Server app (.NET 10): Blazor makes a new HubConnection for each try, and all of them are one lane. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { HubConnectionModel } from "../../extension/core/model/types.ts";
import { verdictOf } from "../../extension/core/diagnosis/diagnose.ts";
import { until, type TestPage } from "../harness/browser/index.ts";
import { startBlazorApp } from "../harness/hubs/blazor/blazor-app.ts";
import { hasDotnet } from "../harness/hubs/dotnet/build.ts";
import type { DotnetServer } from "../harness/hubs/dotnet/server.ts";
import { startTcpProxy, type TcpProxy } from "../harness/hubs/tcp-proxy.ts";
import { PanelSession } from "../harness/panel-session.ts";
import { describeBrowsers } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

const dotnet = hasDotnet();
const title = dotnet ? "an app" : "an app (skipped: no .NET SDK)";

describeBrowsers("Blazor Server", (stage) => {
  describe.skipIf(!dotnet)(title, () => {
    let app: DotnetServer;
    let proxy: TcpProxy;
    let reader: TestPage;
    const begin = async (port = 0): Promise<void> => {
      const started = await startBlazorApp({}, port);
      if (!started) throw new Error("The app isn't running.");
      app = started;
    };
    beforeAll(async () => {
      await begin();
      proxy = await startTcpProxy(app.url);
      reader = await stage.browser.extensionPage("popup.html");
    }, 180_000);
    afterAll(async () => {
      await proxy.stop();
      await app.kill();
    });

    const open = async (marker: string): Promise<TestPage> => {
      const page = await stage.browser.newPage(`${proxy.url}/?${marker}=1`);
      await count(page, 1);
      return page;
    };
    const count = async (page: TestPage, to: number): Promise<void> => {
      await page.click("#add:enabled");
      await page.waitFor(
        `the count to be ${to}`,
        (wanted) => document.querySelector("#count")?.textContent === wanted,
        String(to),
      );
    };
    /** The lanes of the page with this marker; after a reload, of the page before it. */
    const lanes = (marker: string, enough: (lanes: readonly HubConnectionModel[]) => boolean) =>
      until(`the recording of ${marker}`, async () => {
        const own = (await readStore(reader)).find(({ page }) => page.url.includes(marker));
        if (!own) return false;
        const { apply, model } = createReducer();
        apply("page", own.events);
        return enough(model.hubs) && model.hubs;
      });

    it("is one lane, whose circuit was kept, after its connection was cut", async () => {
      const page = await open("cut");
      const panel = new PanelSession(await page.openPanel());
      await panel.waitForHubs("connected");
      proxy.cut();
      const [loss] = await panel.waitForInterruptions(1);
      expect(loss).toMatchObject({ cause: "abrupt-loss", outcome: "reconnected", path: "/_blazor" });
      await panel.waitForHubs("connected", 1);
      await count(page, 2);
      await panel.tab("connections");
      await panel.target.waitFor(
        "the panel to say that the circuit was kept",
        () =>
          document
            .querySelector<HTMLElement>('[data-testid="circuit"]')
            ?.innerText.includes("Back in the circuit") === true,
      );
      const [lane, ...others] = await lanes(
        "cut",
        ([one]) => one?.interruptions[0]?.outcome === "reconnected",
      );
      expect(others).toEqual([]);
      expect(lane?.interruptions).toMatchObject([{ circuit: "kept", byNewConnection: true }]);
      await page.close();
    });

    it("is one lane with all its tries, after a restart of its server that lost the circuit", async () => {
      const page = await open("restart");
      const panel = new PanelSession(await page.openPanel());
      await panel.waitForHubs("connected");
      await app.kill();
      // The first ten tries follow each other at once.
      await lanes("restart", ([one]) => (one?.interruptions[0]?.attempts.length ?? 0) >= 10);
      const [waiting, ...more] = await panel.interruptions();
      expect(waiting).toMatchObject({ cause: "server-gone", outcome: "ongoing", open: true });
      expect(more).toEqual([]);
      expect(await panel.hubs()).toHaveLength(1);
      await page.evaluate(() => document.body.classList.add("before"));
      await begin(Number(new URL(app.url).port));
      await page.waitFor(
        "the page to be reloaded by the app",
        () => document.querySelector("body:not(.before) #add:enabled") !== null,
      );
      const [lane, ...others] = await lanes(
        "restart",
        ([one]) => one?.interruptions[0]?.circuit === "refused",
      );
      expect(others).toEqual([]);
      const [loss] = lane?.interruptions ?? [];
      expect(loss).toMatchObject({ outcome: "reconnected", byNewConnection: true });
      expect(loss && verdictOf(loss).cause).toBe("server-gone");
      await page.close();
    });
  });
});
