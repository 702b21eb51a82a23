/** The exported trace in Chrome's own Performance panel. Other readers of it are in test/unit/export/trace.test.ts. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { PanelSession } from "../harness/panel-session.ts";
import { describeBrowsers } from "../harness/stage.ts";

describeBrowsers(
  "an exported trace",
  (stage) => {
    let hub: RunningHub;
    beforeAll(async () => {
      hub = await startNodeHub();
    });
    afterAll(() => hub.stop());

    it("opens in the Performance panel, with a track for each thing that happened to a hub connection", async () => {
      const page = await stage.openBoard(hub);
      const panel = new PanelSession(await page.openPanel());
      await panel.waitForHubs("connected");
      await panel.inject("abrupt-loss");
      await panel.waitForInterruptions(1);
      await panel.waitForHubs("connected");
      const tracks = await page.openTrace(await panel.exportFile("trace.json", stage.downloads));
      const entriesOf = (name: string) =>
        tracks.find((track) => track.name.startsWith(`/hubs/board: ${name} `))?.entries;
      expect(entriesOf("state")).toEqual(["Connecting", "Connected", "Reconnecting", "Connected"]);
      expect(entriesOf("interruptions")).toEqual(["Injected by Hubscope: abrupt loss"]);
      expect(entriesOf("transports")).toEqual(["WebSocket 1", "WebSocket 2"]);
      expect(entriesOf("negotiates")).toHaveLength(2);
      expect(entriesOf("messages to client")).not.toHaveLength(0);
      expect(tracks.find(({ name }) => name.startsWith("Page: faults "))?.entries).toHaveLength(1);
    });
  },
  ["chromium"],
);
