// @vitest-environment happy-dom
import { fireEvent, waitFor } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { boardRecording } from "../../../panel/fixture/board.ts";
import { UNWATCHED } from "../fakes/unwatched.ts";
import { panelBench, START } from "./panel-bench.tsx";

const bench = panelBench();

describe("a recording without a live page", () => {
  it("shows the same reason everywhere why no fault can be injected", async () => {
    const view = await bench.openBoard();
    const file = await bench.source.export("page-1", "json", { payloads: false }, UNWATCHED);
    await bench.state.transfer.import([new File([file.blob], "from-a-colleague.json")]);
    fireEvent.click(await view.findByTestId("tab-faults"));
    const reason = "This is a recording from a file: there is no page to be broken.";
    await waitFor(() => {
      expect(view.getByTestId("fault-consequence").textContent).toBe(reason);
    });
    expect(view.getByTestId("suspend").title).toBe(reason);
    expect(view.getByTestId("suspend").hasAttribute("disabled")).toBe(true);
    expect(view.getByTestId("break-menu").title).toBe(reason);
  });

  it("distinguishes a page that was left from a live one", async () => {
    const view = await bench.openBoard();
    fireEvent.click(view.getByTestId("tab-faults"));
    expect(view.getByTestId("recording-picker").dataset["live"]).toBe("true");
    const last = boardRecording(START).at(-1)!;
    bench.source.append("page-1", [
      { kind: "lifecycle", phase: "pagehide", persisted: false, seq: last.seq + 1, t: last.t + 5 },
    ]);
    await view.findByTestId("left-banner");
    expect(view.getByTestId("recording-picker").dataset["live"]).toBe("false");
    await waitFor(() => {
      expect(view.getByTestId("fault-consequence").textContent).toBe(
        "The page unloaded: inject faults once the next page uses SignalR.",
      );
    });
    // The half-open fault of the fixture was running.
    expect((await view.findByTestId("notice-warn")).textContent).toContain("Half-open ended early");
  });

  it.each([
    ["switched-off", "Recording was turned off at"],
    ["probe-switched", "The client probe was turned on or off at"],
    ["too-large", "This recording became too large and ended at"],
  ] as const)(
    "distinguishes a recording that ended (%s) from a page that was left",
    async (reason, words) => {
      const view = await bench.openBoard();
      fireEvent.click(view.getByTestId("tab-faults"));
      const last = boardRecording(START).at(-1)!;
      bench.source.append("page-1", [{ kind: "recording-ended", reason, seq: last.seq + 1, t: last.t + 5 }]);
      expect((await view.findByTestId("ended-banner")).textContent).toContain(words);
      expect(view.queryByTestId("left-banner")).toBeNull();
      await waitFor(() => {
        expect(view.getByTestId("recording-picker").dataset["live"]).toBe("false");
        expect(bench.state.cantBreak.value).toMatch(/turned|is off|too large/);
      });
      expect(bench.state.cantBreak.value).not.toContain("left");
      for (const notice of view.queryAllByTestId("notice-warn"))
        expect(notice.textContent).not.toContain("reloaded or left");
    },
  );

  it("says how to switch recording on again while it is off", async () => {
    const view = await bench.openBoard();
    const last = boardRecording(START).at(-1)!;
    await bench.state.changeSettings({ recording: false });
    bench.source.append("page-1", [
      { kind: "recording-ended", reason: "switched-off", seq: last.seq + 1, t: last.t + 5 },
    ]);
    expect((await view.findByTestId("ended-banner")).textContent).toContain("Turn it on with the red button");
  });

  it("says which fault a reload has ended early, even if the page could not record that", async () => {
    const view = await bench.openBoard();
    bench.source.append("page-2", boardRecording(START + 300_000), { startedAt: START + 300_000 });
    expect((await view.findByTestId("notice-warn")).textContent).toContain("Half-open ended early");
    expect(bench.state.shown.value?.id).toBe("page-2");
  });

  it("removes the error of a file when another file is opened", async () => {
    const view = await bench.openBoard();
    const file = await bench.source.export("page-1", "json", { payloads: false }, UNWATCHED);
    const text = (await file.blob.text()).replace('"kind":"socket-opened"', '"kind":"socket-by-magic"');
    await bench.state.transfer.import([new File(["<html>"], "page.html")]);
    await bench.state.transfer.import([new File([text], "half.json")]);
    expect((await view.findByTestId("notice-warn")).textContent).toContain("half.json");
    expect(view.queryByTestId("notice-bad")).toBeNull();
    await new Promise((done) => setTimeout(done, 5));
    await bench.state.transfer.import([new File([file.blob], "whole.json")]);
    await waitFor(() => {
      expect(view.queryByTestId("notice-warn")).toBeNull();
    });
  });
});
