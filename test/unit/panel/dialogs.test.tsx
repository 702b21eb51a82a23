// @vitest-environment happy-dom
import { fireEvent, waitFor } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { boardRecording } from "../../../panel/fixture/board.ts";
import { createPanelState } from "../../../panel/state/panel-state.ts";
import { panelBench, START } from "./panel-bench.tsx";

const bench = panelBench();

describe("menus and dialogs", () => {
  it("warns that switching the client probe ends the recording immediately", async () => {
    const view = await bench.openBoard();
    fireEvent.click(view.getByTestId("settings"));
    const probe = (await view.findByTestId("settings-probe")).closest("label");
    expect(probe?.textContent).toContain("ends the recording of each open page and starts a new one");
  });

  it("applies a number in the settings when it is complete, not while it is typed", async () => {
    const view = await bench.openBoard();
    fireEvent.click(view.getByTestId("settings"));
    const days = (await view.findByLabelText(/Maximum age/)) as HTMLInputElement;
    const before = bench.state.settings.value.maxAge;
    fireEvent.input(days, { target: { value: "3" } });
    expect((await bench.source.settings()).maxAge).toBe(before);
    fireEvent.input(days, { target: { value: "30" } });
    fireEvent.blur(days);
    await waitFor(async () => {
      expect((await bench.source.settings()).maxAge).toBe(30 * 24 * 3_600_000);
    });
    fireEvent.input(days, { target: { value: "4" } });
    fireEvent.keyDown(days, { key: "Escape" });
    await waitFor(() => {
      expect(days.value).toBe("30");
    });
    expect(view.getByRole("dialog", { name: "Settings" })).toBeTruthy();
  });

  it("changes only its own setting, even if others were changed in the meantime", async () => {
    await bench.openBoard();
    const other = createPanelState(bench.source);
    await other.changeSettings({ payloadSites: ["https://board.example"] });
    other.dispose();
    await Promise.all([
      bench.state.changeSettings({ probe: false }),
      bench.state.changeSettings({ recording: false }),
    ]);
    expect(await bench.source.settings()).toMatchObject({
      payloadSites: ["https://board.example"],
      probe: false,
      recording: false,
    });
    expect(bench.state.settings.value).toEqual(await bench.source.settings());
  });

  it("returns the focus when a menu closes, or moves it to the tab that the menu opens", async () => {
    const view = await bench.openBoard();
    const button = view.getByTestId("export-menu");
    fireEvent.click(button);
    const item = await view.findByTestId("export-html");
    await waitFor(() => {
      expect(document.activeElement).toBe(item);
    });
    fireEvent.keyDown(item, { key: "Escape" });
    await waitFor(() => {
      expect(document.activeElement).toBe(button);
    });
    fireEvent.click(view.getByTestId("break-menu"));
    fireEvent.click(await view.findByText("Fault lab…"));
    await waitFor(() => {
      expect(document.activeElement).toBe(view.getByTestId("tab-faults"));
    });
  });

  it("keeps the focus in the list of recordings when one is deleted", async () => {
    const view = await bench.openBoard();
    bench.source.append("page-2", boardRecording(START - 900_000), { tabId: 9, startedAt: START - 900_000 });
    await waitFor(() => {
      expect(bench.state.recordings.value).toHaveLength(2);
    });
    fireEvent.click(view.getByTestId("recording-picker"));
    const [first] = await view.findAllByLabelText(/^Delete the recording/);
    first!.focus();
    fireEvent.click(first!);
    await waitFor(() => {
      expect(view.getAllByTestId("recording-row")).toHaveLength(1);
    });
    expect(document.activeElement?.getAttribute("aria-label")).toMatch(/^Delete the recording/);
  });
});
