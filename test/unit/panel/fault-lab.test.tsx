// @vitest-environment happy-dom
import { fireEvent, waitFor } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { FAULTS } from "../../../extension/core/faults/vocabulary.ts";
import { boardRecording } from "../../../panel/fixture/board.ts";
import { panelBench, START } from "./panel-bench.tsx";

const bench = panelBench();

async function openLab(fault: string) {
  const view = await bench.openBoard();
  const inject = vi.spyOn(bench.source, "inject");
  fireEvent.click(view.getByTestId("tab-faults"));
  fireEvent.click(await view.findByTestId(`fault-${fault}`));
  const submit = (): void => {
    fireEvent.submit(view.getByTestId("fault-inject").closest("form")!);
  };
  const type = (field: string, value: string): void => {
    fireEvent.input(view.getByTestId(`fault-${field}`), { target: { value } });
  };
  return { view, inject, submit, type };
}

describe("the fault lab", () => {
  it("injects into every frame of the tab, and offers only the top frame as an option (it reached only the top frame)", async () => {
    bench.source.append("frame", boardRecording(START), {
      recording: "page-1",
      url: "https://board.example/inner",
      frameId: 4,
    });
    const { view, inject, submit } = await openLab("offline");
    const labels = (): string[] =>
      view.getAllByTestId("fault-target").map((input) => input.closest("label")!.textContent);
    await waitFor(() => {
      expect(labels()).toEqual(["All frames of the tab", "Top frame only", "Frame /board/eq"]);
    });
    submit();
    await waitFor(() => {
      expect(inject.mock.calls.map(([page]) => page)).toEqual(["page-1", "frame"]);
    });
    inject.mockClear();
    fireEvent.click(view.getAllByTestId("fault-target")[1]!);
    await waitFor(() => {
      expect(view.getByTestId("fault-inject").hasAttribute("disabled")).toBe(false);
    });
    submit();
    await waitFor(() => {
      expect(inject.mock.calls.map(([page]) => page)).toEqual(["page-1"]);
    });
  });

  it("shows an invalid value under its field and injects nothing", async () => {
    const { view, inject, submit, type } = await openLab("latency");
    await view.findByTestId("fault-delay");
    type("delay", "soon");
    const problem = await view.findByTestId("fault-delay-problem");
    expect(problem.textContent).toBe('Delay is a number, not "soon".');
    expect(view.getByTestId("fault-delay").getAttribute("aria-describedby")).toBe(problem.id);
    submit();
    type("delay", "70000");
    await waitFor(() => {
      expect(view.getByTestId("fault-delay-problem").textContent).toContain("from 0 to 60,000");
    });
    submit();
    expect(inject).not.toHaveBeenCalled();
    type("delay", "250");
    await waitFor(() => {
      expect(view.getByTestId("fault-inject").hasAttribute("disabled")).toBe(false);
    });
    submit();
    expect(inject).toHaveBeenCalledExactlyOnceWith("page-1", {
      name: "latency",
      target: { scope: "page" },
      direction: "both",
      delay: 250,
      duration: 60_000,
    });
  });

  it("injects into one connection, into all of its hub, and into a share", async () => {
    const { view, inject, submit } = await openLab("abrupt-loss");
    const [, board] = await view.findAllByTestId("fault-target");
    fireEvent.click(board!);
    fireEvent.click(await view.findByTestId("fault-reach-hub"));
    await waitFor(() => {
      expect((view.getByTestId("fault-reach-hub") as HTMLInputElement).checked).toBe(true);
    });
    submit();
    expect(inject.mock.lastCall?.[1].target).toMatchObject({ scope: "hub" });
    fireEvent.click(view.getByTestId("fault-reach-connection"));
    await waitFor(() => {
      expect(view.getByTestId("fault-inject").hasAttribute("disabled")).toBe(false);
    });
    submit();
    expect(inject.mock.lastCall?.[1].target).toMatchObject({ scope: "connection" });
    fireEvent.click(view.getAllByTestId("fault-target")[0]!);
    fireEvent.click(await view.findByTestId("fault-share-some"));
    fireEvent.input(await view.findByTestId("fault-share-seed"), { target: { value: "7" } });
    await waitFor(() => {
      expect(view.getByTestId("fault-inject").hasAttribute("disabled")).toBe(false);
    });
    submit();
    expect(inject.mock.lastCall?.[1].target).toEqual({ scope: "share", percent: 50, seed: 7 });
  });

  it("finds a fault by a word, and moves through all faults by keyboard", async () => {
    const { view } = await openLab("abrupt-loss");
    const list = view.getByRole("listbox", { name: "Faults" });
    fireEvent.input(view.getByTestId("fault-search"), { target: { value: "load balancer" } });
    await waitFor(() => {
      expect(list.querySelectorAll("[role=option]").length).toBeLessThan(4);
    });
    fireEvent.keyDown(view.getByTestId("fault-search"), { key: "Enter" });
    await waitFor(() => {
      expect(view.getByTestId("fault-idle-cut").getAttribute("aria-selected")).toBe("true");
    });
    fireEvent.input(view.getByTestId("fault-search"), { target: { value: "" } });
    const names = Object.keys(FAULTS);
    fireEvent.keyDown(list, { key: "Home" });
    for (const name of names) {
      await waitFor(() => {
        expect(list.getAttribute("aria-activedescendant")).toBe(`fault-option-${name}`);
      });
      fireEvent.keyDown(list, { key: "ArrowDown" });
    }
  });
});
