// @vitest-environment happy-dom
import { fireEvent, waitFor } from "@testing-library/preact";
import { expect, it } from "vitest";
import { boardRecording } from "../../../panel/fixture/board.ts";
import { START, panelBench } from "./panel-bench.tsx";

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

it("offers to undo it only while that recording is shown", async () => {
  const view = await bench.openBoard();
  fireEvent.click(view.getByTestId("clear"));
  await view.findByText("Undo");
  bench.source.append("page-2", boardRecording(START), { url: "https://other.example/" });
  bench.state.show("page-2");
  await waitFor(() => {
    expect(view.queryByText("Undo")).toBeNull();
  });
});

it("work that is in progress can be cancelled, not hidden", async () => {
  const view = await bench.openBoard();
  const notice = { tone: "note", text: "Writing the file…" } as const;
  const id = bench.state.notices.show({
    ...notice,
    progress: 0.5,
    action: { label: "Cancel", run: () => undefined },
  });
  await view.findByText("Cancel");
  expect(view.queryByLabelText("Dismiss")).toBeNull();
  bench.state.notices.dismiss(id);
  bench.state.notices.show(notice);
  await view.findByLabelText("Dismiss");
});
