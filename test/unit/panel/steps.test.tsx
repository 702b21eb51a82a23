// @vitest-environment happy-dom
/** A long list is drawn in steps, the newest rows first. */
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useSteps } from "../../../panel/views/interruptions/steps.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function list() {
  const root = document.createElement("div");
  let from = NaN;
  const List = ({ length, wanted, selected }: { length: number; wanted: number; selected: number }) => {
    from = useSteps(length, wanted, selected);
    return null;
  };
  return {
    draw: async (length: number, wanted = 0, selected = length - 1) => {
      await act(() => {
        render(<List length={length} wanted={wanted} selected={selected} />, root);
      });
      return from;
    },
    wait: async (milliseconds: number) => {
      await act(async () => {
        await vi.advanceTimersByTimeAsync(milliseconds);
      });
      return from;
    },
  };
}

it("draws few rows at once, and many in steps until all that are wanted are there", async () => {
  const { draw, wait } = list();
  expect(await draw(30)).toBe(0);
  expect(await draw(130, 20)).toBe(90);
  expect(await wait(299)).toBe(90);
  expect(await wait(1)).toBe(50);
  expect(await wait(300)).toBe(20);
  expect(await draw(131, 21)).toBe(21);
});

it("goes on while it is drawn again for other reasons, but waits while more rows come", async () => {
  const { draw, wait } = list();
  await draw(100);
  for (let i = 0; i < 3; i++) {
    await wait(100);
    await draw(100);
  }
  expect(await draw(100)).toBe(20);
  for (const length of [200, 300, 400]) {
    expect(await draw(length)).toBe(length - 40);
    expect(await wait(200)).toBe(length - 40);
  }
});

it("always draws the selected row", async () => {
  const { draw } = list();
  expect(await draw(500, 3, 3)).toBe(3);
});
