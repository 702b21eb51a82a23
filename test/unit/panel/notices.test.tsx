// @vitest-environment happy-dom
/** Work that can be cancelled by the keyboard, and where the focus is afterwards. */
import { fireEvent, waitFor } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { panelBench } from "./panel-bench.tsx";

const bench = panelBench();

/** An import that goes on until it is cancelled. */
async function reading() {
  const view = await bench.openBoard();
  const importFile = vi.spyOn(bench.source, "importFile").mockImplementation(
    (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          reject(signal.reason as Error);
        });
      }),
  );
  void bench.state.transfer.import([new File([""], "a.json")]);
  const cancel = await view.findByRole("button", { name: "Cancel" });
  const isCancelled = (): boolean => importFile.mock.calls[0]?.[1].signal.aborted ?? false;
  return { view, cancel, isCancelled };
}
const escape = (element: Element): boolean => fireEvent.keyDown(element, { key: "Escape" });

describe("Escape", () => {
  it("cancels what is read, from anywhere, and says so", async () => {
    const { view, cancel, isCancelled } = await reading();
    expect(cancel.getAttribute("aria-keyshortcuts")).toBe("Escape");
    const tab = view.getByTestId("tab-interruptions");
    tab.focus();
    expect(escape(tab)).toBe(false);
    expect(isCancelled()).toBe(true);
    await waitFor(() => {
      expect(view.queryByRole("button", { name: "Cancel" })).toBeNull();
    });
    expect(document.activeElement).toBe(tab);
    // The browser's own meaning, once there is nothing to cancel.
    expect(escape(tab)).toBe(true);
  });

  it("does first what it is for: it closes a menu, clears the filter, and the selection of a message", async () => {
    const { view, isCancelled } = await reading();
    fireEvent.click(view.getByTestId("export-menu"));
    escape(await view.findByTestId("export-html"));
    const filter = view.getByTestId("filter");
    bench.state.messages.text.value = "tick";
    escape(filter);
    expect(bench.state.messages.text.value).toBe("");
    fireEvent.click(view.getByTestId("tab-messages"));
    const list = await view.findByTestId("message-list");
    await waitFor(() => {
      expect(bench.state.messages.length()).toBeGreaterThan(0);
    });
    fireEvent.keyDown(list, { key: "End" });
    expect(bench.state.selection.message.value).not.toBeNull();
    await view.findByTestId("message-detail");
    escape(list);
    expect(bench.state.selection.message.value).toBeNull();
    expect(isCancelled()).toBe(false);
    await waitFor(() => {
      expect(view.queryByTestId("message-detail")).toBeNull();
    });
    escape(list);
    expect(isCancelled()).toBe(true);
  });
});

describe("the focus, when the button that has it goes away", () => {
  it("returns to where it was before", async () => {
    const { view, cancel } = await reading();
    const before = view.getByTestId("clear");
    before.focus();
    cancel.focus();
    fireEvent.click(cancel);
    await waitFor(() => {
      expect(document.activeElement).toBe(before);
    });
  });

  it("goes to the tab that is shown if there is no such place, also when the work has ended by itself", async () => {
    const view = await bench.openBoard();
    const { notices } = bench.state;
    const notice = notices.show({
      tone: "note",
      text: "…",
      progress: 0,
      action: { label: "Cancel", run: vi.fn() },
    });
    (await view.findByRole("button", { name: "Cancel" })).focus();
    notices.dismiss(notice);
    await waitFor(() => {
      expect(document.activeElement).toBe(view.getByTestId("tab-interruptions"));
    });
  });

  it("stays where the user has put it meanwhile", async () => {
    const { view, cancel } = await reading();
    view.getByTestId("clear").focus();
    cancel.focus();
    const filter = view.getByTestId("filter");
    filter.focus();
    fireEvent.click(cancel);
    await waitFor(() => {
      expect(view.queryByRole("button", { name: "Cancel" })).toBeNull();
    });
    await Promise.resolve();
    expect(document.activeElement).toBe(filter);
  });

  it("goes to the filter that its own button has cleared", async () => {
    const view = await bench.openBoard();
    bench.state.messages.text.value = "tick";
    const clear = await view.findByRole("button", { name: "Clear the filter" });
    clear.focus();
    fireEvent.click(clear);
    expect(document.activeElement).toBe(view.getByTestId("filter"));
  });
});
