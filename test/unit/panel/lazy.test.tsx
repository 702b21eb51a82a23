// @vitest-environment happy-dom
import { cleanup, render, waitFor } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import { prefetch } from "../../../panel/state/lazy-import.ts";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import { createPanelState, PanelContext } from "../../../panel/state/panel-state.ts";
import { lazy } from "../../../panel/components/lazy.tsx";
// The source registers these for the prefetch. In a test loading them would count for its time.
import "../../../panel/state/files/export-file.ts";
import "../../../panel/state/files/import-in-memory.ts";

const state = createPanelState(createMemorySource());
afterEach(() => {
  cleanup();
});

const Greeting = ({ name }: { name: string }) => <p>Hello {name}</p>;
const show = (Part: ReturnType<typeof lazy<{ name: string }>>) =>
  render(
    <PanelContext.Provider value={state}>
      <Part name="board" />
    </PanelContext.Provider>,
  );

it("shows nothing until it is loaded, and then itself", async () => {
  const view = show(lazy(() => Promise.resolve(Greeting)));
  expect(view.container.textContent).toBe("");
  await view.findByText("Hello board");
});

it("shows a prefetched component at once", async () => {
  const Part = lazy(() => Promise.resolve(Greeting));
  await prefetch();
  expect(show(Part).container.textContent).toBe("Hello board");
});

it("shows an error when it can't be loaded, and tries again the next time", async () => {
  let tries = 0;
  const Part = lazy(() =>
    ++tries < 3 ? Promise.reject(new Error("Failed to fetch")) : Promise.resolve(Greeting),
  );
  await prefetch();
  expect(state.notices.list.value).toEqual([]);
  show(Part).unmount();
  await waitFor(() => {
    expect(state.notices.list.value[0]?.text).toContain("Failed to fetch");
  });
  await show(Part).findByText("Hello board");
});
