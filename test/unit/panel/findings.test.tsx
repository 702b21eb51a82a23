// @vitest-environment happy-dom
import { fireEvent, waitFor, within } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { life } from "../core/findings/app-life.ts";
import { panelBench } from "./panel-bench.tsx";

const bench = panelBench();

/** A page on which a call was lost, with its Findings tab open. */
async function openFindings() {
  const events = life().call(900, "Save", "1", null).outage(1_000, [0]).events;
  bench.source.append("p", events, { url: "https://board.example/", hubs: 1 });
  const view = bench.open();
  const tab = await view.findByTestId("tab-findings");
  await waitFor(() => {
    expect(tab.textContent).toMatch(/Findings\d/);
  });
  fireEvent.click(tab);
  await view.findByTestId("finding");
  const rows = (): string[] =>
    view.queryAllByTestId("finding-row").map((row) => row.dataset["finding"] ?? "");
  return { view, tab, rows };
}

describe("the Findings tab", () => {
  it("lists the worst first, with their number on the tab, and shows the first", async () => {
    const { view, tab, rows } = await openFindings();
    expect(rows()[0]).toBe("calls-lost");
    expect(tab.textContent).toBe(`Findings${rows().length}`);
    const shown = view.getByTestId("finding");
    expect(shown.dataset["finding"]).toBe("calls-lost");
    expect(within(shown).getByTestId("finding-measured").textContent).toContain("Calls lost in flight");
    expect(within(shown).getByTestId("finding-moments").textContent).toContain("Save sent");
  });

  it("goes on to the next one by the arrow key", async () => {
    const { view, rows } = await openFindings();
    fireEvent.keyDown(view.getByRole("listbox", { name: "Findings" }), { key: "ArrowDown" });
    await waitFor(() => {
      expect(view.getByTestId("finding").dataset["finding"]).toBe(rows()[1]);
    });
  });

  it("takes one out of the list when it is done, and back with Undo", async () => {
    const { view, rows } = await openFindings();
    const before = rows();
    fireEvent.click(view.getByTestId("finding-done"));
    await waitFor(() => {
      expect(rows()).toEqual(before.slice(1));
    });
    fireEvent.click(await view.findByRole("button", { name: "Undo" }));
    await waitFor(() => {
      expect(rows()).toEqual(before);
    });
  });

  it("keeps ignored ones, for this site", async () => {
    const { view, rows } = await openFindings();
    fireEvent.click(view.getByTestId("finding-ignore"));
    await waitFor(() => {
      expect(rows()).not.toContain("calls-lost");
    });
    fireEvent.change(view.getByTestId("findings-show"), { target: { value: "ignored" } });
    await waitFor(() => {
      expect(rows()).toEqual(["calls-lost"]);
    });
    expect(view.getByTestId("finding-reopen")).toBeTruthy();
  });

  it("filters by group and text, and says what to do where nothing passes", async () => {
    const { view, rows } = await openFindings();
    fireEvent.change(view.getByTestId("findings-group"), { target: { value: "work" } });
    await waitFor(() => {
      expect(rows()).toEqual(["calls-lost"]);
    });
    fireEvent.input(view.getByTestId("findings-text"), { target: { value: "jitter" } });
    fireEvent.click(await view.findByRole("button", { name: "Clear the filter" }));
    await waitFor(() => {
      expect(rows().length).toBeGreaterThan(1);
    });
  });

  it("says of the page when it is loaded again what is gone", async () => {
    const { view, rows } = await openFindings();
    const well = life().call(900, "Save", "1", null).outage(1_000, [413]).call(1_500, "Save", "2").at(60_000);
    well.message({ socket: 2, direction: "in", type: 6 });
    for (const event of well.events) Object.assign(event, { t: event.t + 600_000 });
    bench.source.append("q", well.events, { url: "https://board.example/", hubs: 1 });
    await waitFor(() => {
      expect(rows()).not.toContain("calls-lost");
    });
    await waitFor(() => {
      expect(view.getByTestId("findings-show").textContent).toMatch(/Gone \([1-9]/);
    });
    fireEvent.change(view.getByTestId("findings-show"), { target: { value: "gone" } });
    await waitFor(() => {
      expect(rows()).toContain("calls-lost");
    });
    fireEvent.click(
      view.getAllByTestId("finding-row").find(({ dataset }) => dataset["finding"] === "calls-lost")!,
    );
    await waitFor(() => {
      expect(view.getByTestId("finding-later").dataset["state"]).toBe("gone");
    });
  });

  it("shows the scorecard, keeps it, and opens what speaks against a point", async () => {
    const { view } = await openFindings();
    fireEvent.click(view.getByTestId("guidance-open"));
    await view.findByTestId("guidance-sheet");
    const point = (id: string): HTMLElement =>
      view.getAllByTestId("guidance-point").find(({ dataset }) => dataset["point"] === id)!;
    expect(point("decoupled").dataset["state"]).toBe("not-met");
    expect(view.getByTestId("guidance-open").textContent).toContain(
      view.getByTestId("guidance-summary").textContent,
    );
    fireEvent.click(view.getByTestId("guidance-keep"));
    await view.findByTestId("guidance-forget");
    expect(point("decoupled").textContent).toMatch(/Not met.*Not met/);
    fireEvent.click(within(point("decoupled")).getByRole("button", { name: /Calls lost in flight/ }));
    await waitFor(() => {
      expect(view.getByTestId("finding").dataset["finding"]).toBe("calls-lost");
    });
  });

  it("shows the checks that can't tell, with the reason", async () => {
    const { view } = await openFindings();
    fireEvent.change(view.getByTestId("findings-show"), { target: { value: "cant-tell" } });
    await waitFor(() => {
      expect(view.getByTestId("finding").textContent).toContain("Can't tell");
    });
  });
});
