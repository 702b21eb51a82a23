// @vitest-environment happy-dom
import { fireEvent, waitFor } from "@testing-library/preact";
import { expect, it } from "vitest";
import { panelBench } from "./panel-bench.tsx";

const bench = panelBench();

it("when the list is cleared, lane headers and toolbar count from the same moment", async () => {
  const view = await bench.openBoard();
  const figures = (): string[] =>
    [...view.container.querySelectorAll(".stat.io, .stat.p50")].map(({ textContent }) => textContent);
  const before = figures();
  expect(before.some((figure) => /^[1-9]/.test(figure))).toBe(true);
  fireEvent.click(view.getByTestId("clear"));
  await waitFor(() => {
    expect(view.getByTestId("counters").dataset["messages"]).toBe("0");
    expect(figures()).toEqual(["0", "0", "", "0", "0", ""]);
  });
  bench.receivePing();
  await waitFor(() => {
    expect(view.getByTestId("counters").dataset["messages"]).toBe("1");
    expect(figures().join()).toMatch(/^(1,0,,0,0,|0,0,,1,0,)$/);
  });
});
