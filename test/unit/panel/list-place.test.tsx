// @vitest-environment happy-dom
import { fireEvent, waitFor } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { clock } from "../../../extension/core/text/format.ts";
import { isGap } from "../../../panel/state/messages/message-list.ts";
import { panelBench } from "./panel-bench.tsx";

const bench = panelBench();

describe("the message list", () => {
  it("keeps the list's position when the filter changes", async () => {
    const view = await bench.openBoard();
    fireEvent.click(view.getByTestId("tab-messages"));
    const { messages, selection } = bench.state;
    await waitFor(() => {
      expect(messages.length()).toBeGreaterThan(100);
    });
    const { log } = bench.state.loaded.value!;
    const row = log.entry(
      Array.from({ length: log.length }, (_, index) => log.rowAt(index)).find((one) => {
        const head = log.events.headOf(one);
        return head.kind === "message" && head.type === 3;
      })!,
    );
    messages.text.value = "type:completion";
    await waitFor(() => {
      expect(messages.indexOf(row)).toBe(0);
    });
    const epoch = messages.epoch.value;
    selection.message.value = row;
    messages.text.value = "";
    await waitFor(() => {
      expect(messages.epoch.value).toBe(epoch + 1);
      expect(messages.indexOf(row)).toBeGreaterThan(0);
    });
    expect(messages.placeOf(row)).toBe(messages.indexOf(row));
    messages.text.value = "type:ping";
    await waitFor(() => {
      expect(messages.indexOf(row)).toBe(-1);
    });
    const near = messages.at(messages.placeOf(row));
    expect(near !== undefined && !isGap(near) && near.event.t >= row.event.t).toBe(true);
    // The arrow keys go on from the place of the hidden row.
    const late = log.entry(
      Array.from({ length: log.length }, (_, index) => log.rowAt(index)).findLast((one) => {
        const head = log.events.headOf(one);
        return head.kind === "message" && head.type === 3;
      })!,
    );
    const selected = (): number => (selection.message.value ? messages.indexOf(selection.message.value) : -1);
    expect(messages.placeOf(late)).toBeGreaterThan(1);
    for (const [key, wanted] of [
      ["ArrowDown", messages.placeOf(late)],
      ["ArrowUp", messages.placeOf(late) - 1],
    ] as const) {
      selection.message.value = late;
      await waitFor(() => {
        expect(view.getByTestId("message-detail").textContent).toContain(clock(late.event.t, 3));
      });
      fireEvent.keyDown(view.getByTestId("message-list"), { key });
      expect(selected()).toBe(wanted);
    }
  });
});
