// @vitest-environment happy-dom
/** From an interruption in the panel to a test, or to a scenario. */
import { fireEvent, waitFor } from "@testing-library/preact";
import { afterEach, expect, it, vi } from "vitest";
import { panelBench } from "./panel-bench.tsx";

const bench = panelBench();
afterEach(() => {
  vi.restoreAllMocks();
});

/** What is copied; `allowed`: whether the browser lets it. */
function clipboard(allowed: boolean): string[] {
  const copied: string[] = [];
  vi.spyOn(navigator.clipboard, "writeText").mockImplementation((text) => {
    if (!allowed) return Promise.reject(new Error("denied"));
    copied.push(text);
    return Promise.resolve();
  });
  return copied;
}

it("copies a Playwright test of the selected interruption, and says so", async () => {
  const copied = clipboard(true);
  const view = await bench.openBoard();
  fireEvent.click(view.getByRole("button", { name: "Copy as Playwright test" }));
  await waitFor(() => {
    expect(view.getByTestId("reproduced").textContent).toBe("Copied.");
  });
  expect(copied).toHaveLength(1);
  expect(copied[0]).toContain('import { expect, test } from "hubscope/playwright";');
  expect(copied[0]).toContain('await page.goto("/');
  fireEvent.click(view.getAllByTestId("interruption-row")[0]!);
  await waitFor(() => {
    expect(view.getByTestId("reproduced").textContent).toBe("");
  });
});

it("says when the browser doesn't allow it", async () => {
  clipboard(false);
  Object.assign(document, { execCommand: () => false });
  const view = await bench.openBoard();
  fireEvent.click(view.getByRole("button", { name: "Copy as Playwright test" }));
  await waitFor(() => {
    expect(view.getByTestId("reproduced").textContent).toBe("The browser didn't allow it.");
  });
});

it("adds the interruption to the scenarios, and shows it there", async () => {
  const view = await bench.openBoard();
  fireEvent.click(view.getByRole("button", { name: "Add as scenario" }));
  await waitFor(() => {
    expect(bench.state.tab.value).toBe("scenarios");
  });
  await view.findAllByText(/^Recorded: /);
  const [own] = (await bench.source.userData("scenarios")) as readonly { readonly name: string }[];
  expect(own?.name).toMatch(/^recorded-[a-z-]+-\d{8}-\d{6}$/);
});
