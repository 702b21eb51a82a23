// @vitest-environment happy-dom
/** Where Hubscope runs: in the empty state, in the settings, and in the notice about a recording that a switch has ended. */
import { fireEvent, waitFor } from "@testing-library/preact";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { boardRecording } from "../../../panel/fixture/board.ts";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import { panelBench, START } from "./panel-bench.tsx";

const bench = panelBench();
const at = (url: string): void => {
  bench.source = createMemorySource({ url, now: () => START });
};
const except = (...sites: string[]) => ({ sites: { where: "except", only: [], except: sites } }) as const;

describe("the empty state", () => {
  it("keeps the focus when Hubscope is switched off for the site, and on again", async () => {
    const view = bench.open();
    fireEvent.click(await view.findByText("Don't run on board.example"));
    const run = await view.findByTestId("run-on-site");
    expect(run.textContent).toBe("Run on board.example");
    expect(view.getByTestId("barred").textContent).toContain("Hubscope doesn't run on board.example");
    await waitFor(() => {
      expect(document.activeElement).toBe(run);
    });
    fireEvent.click(run);
    const reload = await view.findByTestId("reload-page");
    expect(document.activeElement).toBe(reload);
    expect(view.getByTestId("waiting")).toBeTruthy();
  });

  it("names sites as people write them, all of a long list in a tooltip", async () => {
    at("https://xn--bcher-kva.example/");
    const view = bench.open();
    await view.findByText("Don't run on bücher.example");
    await bench.state.changeSettings(except("a.test", "b.test", "c.test", "xn--bcher-kva.example"));
    expect((await view.findByTestId("barred")).textContent).toContain("doesn't run on bücher.example");
    const words = view.getByTestId("where-it-runs").querySelector("span");
    expect(words?.textContent).toBe("Hubscope runs on all sites except a.test, b.test and 2 more.");
    expect(words?.title).toContain("bücher.example");
  });

  it("says what a switch includes where the browser can't tell ports apart", async () => {
    vi.spyOn(bench.source, "tabSite").mockResolvedValue({
      ...{ site: "localhost", origin: "http://localhost:5000", firefox: true, state: "running" },
      document: null,
    });
    const view = bench.open();
    const off = await view.findByText("Don't run on localhost");
    expect(off.title).toContain("localhost includes all of its ports");
    fireEvent.click(off);
    expect((await view.findByTestId("notice-note")).textContent).toContain("all of its ports");
  });

  it("asks about the tab when it has loaded a page or the panel is shown, and not in between", async () => {
    const asked = vi.spyOn(bench.source, "tabSite");
    const view = bench.open();
    await view.findByText("Don't run on board.example");
    const before = asked.mock.calls.length;
    vi.useFakeTimers();
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(asked).toHaveBeenCalledTimes(before);
    bench.source.loadPage();
    expect(asked).toHaveBeenCalledTimes(before + 1);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(asked).toHaveBeenCalledTimes(before + 2);
  });
});

it("asks about the tab again if there was no answer, or Hubscope wasn't in the page that it had loaded", async () => {
  onTestFinished(() => void vi.useRealTimers());
  vi.useFakeTimers();
  const asked = vi
    .spyOn(bench.source, "tabSite")
    .mockRejectedValueOnce(new Error("the background was stopped"));
  bench.open();
  await vi.advanceTimersByTimeAsync(900);
  const first = asked.mock.calls.length;
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toHaveBeenCalledTimes(first + 1);
  const site = {
    site: "board.example",
    origin: "https://board.example",
    firefox: false,
    document: null,
  } as const;
  asked.mockResolvedValueOnce({ ...site, state: "not-loaded" });
  bench.source.loadPage();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveBeenCalledTimes(first + 3);
});

describe("the settings", () => {
  it("list sites as people write them, and say what a name without a dot includes", async () => {
    const view = bench.open();
    await bench.state.changeSettings(except("xn--bcher-kva.example"));
    fireEvent.click(view.getByTestId("settings"));
    await view.findByLabelText("Remove bücher.example");
    const add = async (text: string, words: string): Promise<void> => {
      fireEvent.input(view.getByTestId("settings-site"), { target: { value: text } });
      fireEvent.click(view.getByTestId("settings-site-add"));
      await view.findByText(words);
    };
    await add("192.168.1", "Write all four numbers of the address, such as 192.168.0.1.");
    await add("com", "This includes every site whose name ends in .com.");
    await waitFor(() => {
      expect(bench.state.settings.value.sites.except).toEqual(["xn--bcher-kva.example", "com"]);
    });
  });
});

it("says why no next page appears where the browser lets Hubscope run no longer", async () => {
  vi.spyOn(bench.source, "tabSite").mockResolvedValue({
    ...{ site: null, origin: null, firefox: false, state: "withheld", document: null },
  });
  const view = await bench.openBoard();
  const last = boardRecording(START).at(-1)!;
  bench.source.append("page-1", [
    { kind: "lifecycle", phase: "pagehide", persisted: false, seq: last.seq + 1, t: last.t + 5 },
  ]);
  await view.findByTestId("left-banner");
  const words = (await view.findByTestId("left-for-barred")).textContent;
  expect(words).toMatch(/^The page unloaded at .*\. Your browser doesn't let Hubscope run on this site\./);
  expect(words).toContain("chrome://extensions");
});

describe("excluding the site while it is recorded", () => {
  it("is said where the recording has ended, with a way back that keeps the focus", async () => {
    const view = await bench.openBoard();
    await bench.state.changeSettings(except("board.example"));
    const last = boardRecording(START).at(-1)!;
    bench.source.append("page-1", [
      { kind: "recording-ended", reason: "switched-off", seq: last.seq + 1, t: last.t + 5 },
    ]);
    const banner = await view.findByTestId("ended-banner");
    await waitFor(() => {
      expect(banner.textContent).toContain(
        "Hubscope was switched off for board.example: this recording ended",
      );
    });
    const again = view.getByTestId("run-here-again");
    again.focus();
    fireEvent.click(again);
    await waitFor(() => {
      expect(banner.textContent).toContain("It is on again, in a new recording.");
    });
    expect(bench.state.settings.value.sites.where).toBe("everywhere");
    await waitFor(() => {
      expect(banner.contains(document.activeElement)).toBe(true);
    });
  });

  it("offers a reload where the page has none of the scripts any more", async () => {
    vi.spyOn(bench.source, "tabSite").mockResolvedValue({
      ...{ site: "board.example", origin: "https://board.example", firefox: false, state: "not-loaded" },
      document: null,
    });
    const reloaded = vi.spyOn(bench.source, "reload");
    const view = await bench.openBoard();
    const last = boardRecording(START).at(-1)!;
    bench.source.append("page-1", [
      { kind: "recording-ended", reason: "switched-off", seq: last.seq + 1, t: last.t + 5 },
    ]);
    fireEvent.click(await view.findByTestId("reload-to-record"));
    expect(reloaded).toHaveBeenCalled();
  });

  it("isn't said of a recording that was turned off", async () => {
    const view = await bench.openBoard();
    const last = boardRecording(START).at(-1)!;
    bench.source.append("page-1", [
      { kind: "recording-ended", reason: "switched-off", seq: last.seq + 1, t: last.t + 5 },
    ]);
    await waitFor(() => {
      expect(view.getByTestId("ended-banner").textContent).toContain("Recording was turned off at");
    });
    expect(view.queryByTestId("run-here-again")).toBeNull();
  });
});
