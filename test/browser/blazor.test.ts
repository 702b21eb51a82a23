/** A real Blazor Server app (.NET 10): Blazor makes a new HubConnection for each try, and all of them are one lane. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type {
  HubConnectionModel,
  InterruptionModel,
  RecordingModel,
} from "../../extension/core/model/types.ts";
import { circuitHistory } from "../../extension/core/diagnosis/circuit-history.ts";
import { verdictOf } from "../../extension/core/diagnosis/diagnose.ts";
import { until, type TestPage } from "../harness/browser/index.ts";
import { startBlazorApp } from "../harness/hubs/blazor/blazor-app.ts";
import { hasDotnet } from "../harness/hubs/dotnet/build.ts";
import type { DotnetServer } from "../harness/hubs/dotnet/server.ts";
import { startTcpProxy, type TcpProxy } from "../harness/hubs/tcp-proxy.ts";
import { PanelSession } from "../harness/panel-session.ts";
import { changeSettings } from "../harness/settings.ts";
import { describeBrowsers } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

const dotnet = hasDotnet();
const title = dotnet ? "an app" : "an app (skipped: no .NET SDK)";

const ONE = { most: 1, gaveUp: false };

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
    /** The recordings of the page with this marker, one after the other: after a reload there is another one. */
    const recordings = async (marker: string): Promise<readonly RecordedEvent[][]> =>
      (await readStore(reader))
        .filter(({ page }) => page.url.includes(marker))
        .map(({ events }) => [...events]);
    const modelOf = (events: readonly RecordedEvent[]): RecordingModel => {
      const { apply, model } = createReducer();
      apply("page", events);
      return model;
    };
    /** The lanes of the first recording of the page with this marker, or of a later one. */
    const lanes = (
      marker: string,
      enough: (lanes: readonly HubConnectionModel[]) => boolean,
      which = 0,
    ): Promise<readonly HubConnectionModel[]> =>
      until(`the recording of ${marker}`, async () => {
        const events = (await recordings(marker))[which];
        const hubs = events && modelOf(events).hubs;
        return hubs && enough(hubs) && hubs;
      });
    /** What a user who watched was told at any time: how many lanes at most, and whether one of them had given up. */
    const toldOf = async (marker: string, which = 0) => {
      const { apply, model } = createReducer();
      let most = 0;
      let gaveUp = false;
      for (const event of (await recordings(marker))[which] ?? []) {
        apply("page", [event]);
        most = Math.max(most, model.hubs.length);
        gaveUp ||= model.hubs.some((hub) => hub.interruptions.some(({ outcome }) => outcome === "gave-up"));
      }
      return { most, gaveUp };
    };
    /** In Firefox a reload closes the connection before the page is told of it: that isn't meant. */
    const losses = (hub: HubConnectionModel | undefined): readonly InterruptionModel[] =>
      hub?.interruptions.filter((one) => verdictOf(one).cause !== "page-left") ?? [];
    /** As long as Blazor's first ten tries, which follow each other at once, find nobody: the next one comes 5 s later. */
    const tenTries = (marker: string, which = 0) =>
      lanes(marker, ([one]) => (one?.interruptions.at(-1)?.attempts.length ?? 0) >= 10, which);
    const restartServer = async (page: TestPage, tried: () => Promise<unknown>): Promise<void> => {
      await page.evaluate(() => document.body.classList.add("before"));
      await app.kill();
      await tried();
      await begin(Number(new URL(app.url).port));
      await page.waitFor(
        "the page to be reloaded by the app",
        () => document.querySelector("body:not(.before) #add:enabled") !== null,
      );
    };
    const kept = ([one]: readonly HubConnectionModel[]): boolean => losses(one).at(-1)?.circuit === "kept";
    const refused = ([one]: readonly HubConnectionModel[]): boolean =>
      losses(one).at(-1)?.circuit === "refused";

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
      const [lane, ...others] = await lanes("cut", kept);
      expect(others).toEqual([]);
      expect(lane?.interruptions).toMatchObject([{ outcome: "reconnected", byNewConnection: true }]);
      await page.close();
    });

    it("is one lane with all its tries, after a restart of its server that lost the circuit", async () => {
      const page = await open("restart");
      const panel = new PanelSession(await page.openPanel());
      await panel.waitForHubs("connected");
      await restartServer(page, async () => {
        await tenTries("restart");
        await panel.waitForHubs("reconnecting");
        const [waiting, ...more] = await panel.interruptions();
        expect(waiting).toMatchObject({ cause: "server-gone", outcome: "ongoing", open: true });
        expect(more).toEqual([]);
      });
      const [lane, ...others] = await lanes("restart", refused);
      expect(others).toEqual([]);
      const [loss] = losses(lane);
      expect(loss).toMatchObject({ outcome: "reconnected", byNewConnection: true });
      expect(loss && verdictOf(loss).cause).toBe("server-gone");
      await page.close();
    });

    it("tells of navigations within the page, by enhanced navigation and by Blazor's router", async () => {
      const goes = async (path: string, link: string): Promise<string[]> => {
        const marker = `goes${link.replace("#", "-")}`;
        const page = await stage.browser.newPage(`${proxy.url}/${path}?${marker}=1`);
        // With a panel every message is recorded, in the first busy moments of a circuit, too.
        await new PanelSession(await page.openPanel()).waitForHubs("connected");
        await count(page, 1);
        await page.click(link);
        const steps = ([one]: readonly HubConnectionModel[]): string[] =>
          one?.circuit ? circuitHistory(one, one.circuit).map(({ text }) => text.replace(/ \(.*/, "")) : [];
        const found = steps(
          await lanes(marker, (hubs) => (path === "" ? /^Navi/ : /^Enh/).test(steps(hubs)[1] ?? "")),
        );
        await page.close();
        return found.slice(0, 2);
      };
      expect(await goes("island", "#to-static")).toEqual(["Circuit started", "Enhanced navigation"]);
      expect(await goes("", "#to-other")).toEqual(["Circuit started", "Navigation within the circuit"]);
    });

    describe.each([true, false])("with the client probe (%s), and never given up,", (probe) => {
      beforeAll(() => changeSettings(reader, { probe }));
      afterAll(() => changeSettings(reader, { probe: true, recording: true }));

      it("is one lane while the network is away for 5 s", async () => {
        const marker = `away-${probe}`;
        const page = await open(marker);
        await proxy.refuse();
        proxy.cut();
        await tenTries(marker);
        await proxy.accept();
        const [lane] = await lanes(marker, kept);
        expect(lane?.hub !== null).toBe(probe);
        expect(await toldOf(marker)).toEqual(ONE);
        await count(page, 2);
        await page.close();
      });

      it("is one lane while its server restarts", async () => {
        const marker = `restarts-${probe}`;
        const page = await open(marker);
        await restartServer(page, () => tenTries(marker));
        await lanes(marker, refused);
        expect(await toldOf(marker)).toEqual(ONE);
        await page.close();
      });

      it("is one lane in a recording that began midway", async () => {
        const marker = `midway-${probe}`;
        const page = await open(marker);
        // An earlier HubConnection of the same circuit, which is of no use any more.
        proxy.cut();
        await lanes(marker, kept);
        await changeSettings(reader, { recording: false });
        await until(
          "the recording to end",
          async () => (await recordings(marker))[0]?.at(-1)?.kind === "recording-ended",
        );
        await count(page, 2);
        await changeSettings(reader, { recording: true });
        const [found] = await lanes(marker, (hubs) => hubs[0]?.states.at(-1)?.state === "connected", 1);
        expect(found).toMatchObject({
          protocol: "blazorpack",
          attempts: [],
          circuit: { id: null, calls: [] },
        });
        expect(found?.hub !== null).toBe(probe);
        proxy.cut();
        await lanes(marker, kept, 1);
        await restartServer(page, () => tenTries(marker, 1));
        const [lane] = await lanes(marker, refused, 1);
        expect(losses(lane)).toMatchObject([{ circuit: "kept" }, { circuit: "refused" }]);
        expect(await toldOf(marker, 1)).toEqual(ONE);
        await page.close();
      });

      it("is one lane in each frame", async () => {
        const marker = `frames-${probe}`;
        const page = await open(`${marker}-top`);
        await page.evaluate((url) => {
          document.body.appendChild(document.createElement("iframe")).src = url;
        }, `/?${marker}-frame=1`);
        const frameCounts = async (to: string): Promise<void> => {
          await page.waitFor("the frame's board to be interactive", () => {
            const frame = document.querySelector("iframe");
            const add = frame?.contentDocument?.querySelector<HTMLElement>("#add:enabled");
            add?.click();
            return add !== null && add !== undefined;
          });
          await page.waitFor(
            `the frame's count to be ${to}`,
            (wanted) =>
              document.querySelector("iframe")?.contentDocument?.querySelector("#count")?.textContent ===
              wanted,
            to,
          );
        };
        await frameCounts("1");
        const panel = new PanelSession(await page.openPanel());
        await panel.waitForHubs("connected", 2);
        proxy.cut();
        const rows = await panel.waitForInterruptions(2);
        expect(rows.map(({ cause, outcome }) => [cause, outcome])).toEqual([
          ["abrupt-loss", "reconnected"],
          ["abrupt-loss", "reconnected"],
        ]);
        const both = await Promise.all(["top", "frame"].map((name) => lanes(`${marker}-${name}`, kept)));
        const ids = both.map(([lane]) => lane?.circuit?.id);
        expect(new Set(ids).size).toBe(2);
        for (const name of ["top", "frame"]) expect(await toldOf(`${marker}-${name}`)).toEqual(ONE);
        await count(page, 2);
        await frameCounts("2");
        // A frame that is taken away takes its circuit with it; the other one stays.
        await page.evaluate(() => document.querySelector("iframe")?.remove());
        await lanes(`${marker}-frame`, ([one]) => one?.circuit?.leftAt != null);
        const [stays] = await lanes(`${marker}-top`, kept);
        expect(stays?.states.at(-1)).toMatchObject({ state: "connected", until: null });
        await page.close();
      });
    });
  });
});
