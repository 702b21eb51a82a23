// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { oneAtATime } from "../../../panel/state/one-at-a-time.ts";
import { createView } from "../../../panel/state/view.ts";
import { attachInput } from "../../../panel/timeline/input.ts";
import { createHeldKeys } from "../../../panel/timeline/keys.ts";
import { createScale } from "../../../panel/state/time-scale.ts";
import { createScheduler } from "../../../panel/timeline/scheduler.ts";
import { gripAt } from "../../../panel/timeline/window-input.ts";

const minute = { from: 0, to: 60_000 };

describe("view", () => {
  it("grows while it fits everything, and follows the end at its own length", () => {
    const view = createView();
    view.reset(minute);
    expect(view.range.value).toEqual(minute);
    view.extent.value = { from: 0, to: 90_000 };
    expect(view.range.value.to).toBe(90_000);
    view.set({ from: 80_000, to: 90_000 });
    expect(view.mode.value).toBe("follow");
    view.extent.value = { from: 0, to: 100_000 };
    expect(view.range.value).toEqual({ from: 90_000, to: 100_000 });
    view.set({ from: 10_000, to: 20_000 });
    view.extent.value = { from: 0, to: 110_000 };
    expect(view.range.value).toEqual({ from: 10_000, to: 20_000 });
  });

  it("scrolls to a time that is out of view, and doesn't move for one that is in view", () => {
    const view = createView();
    view.reset(minute);
    view.set({ from: 0, to: 10_000 });
    view.reveal(5_000);
    expect(view.range.value.from).toBe(0);
    view.reveal(30_000, 31_000);
    expect(view.range.value.from).toBeLessThan(30_000);
    expect(view.range.value.to).toBeGreaterThan(31_000);
  });

  it("opens a long recording at its last part", () => {
    const view = createView();
    view.reset({ from: 0, to: 10 * 3_600_000 });
    expect(view.mode.value).toBe("follow");
    expect(view.range.value.to).toBe(10 * 3_600_000);
  });
});

describe("held keys", () => {
  it("zooms at the cursor and pans, for as long as keys are held", () => {
    const view = createView();
    view.reset(minute);
    view.cursor.value = 15_000;
    const keys = createHeldKeys(view);
    expect(keys.press("KeyX")).toBe(false);
    expect(keys.press("KeyW")).toBe(true);
    expect(keys.step(100)).toBe(true);
    const zoomed = view.range.value;
    expect(zoomed.to - zoomed.from).toBeLessThan(60_000);
    expect(createScale(zoomed, 100).x(15_000)).toBeCloseTo(25);
    keys.release("KeyW");
    keys.press("KeyD");
    keys.step(100);
    expect(view.range.value.from).toBeGreaterThan(zoomed.from);
    keys.clear();
    expect(keys.step(100)).toBe(false);
  });
});

describe("the wheel on the timeline", () => {
  function wheel(scrolls: boolean, init: WheelEventInit): { length: number; from: number; taken: boolean } {
    const view = createView();
    view.reset(minute);
    view.set({ from: 20_000, to: 40_000 });
    const element = document.createElement("div");
    const stop = attachInput(element, {
      view,
      scale: () => createScale(view.range.peek(), 600),
      gutter: () => 0,
      axisHeight: () => 24,
      scrolls: () => scrolls,
      hover: () => undefined,
      click: () => undefined,
      doubleClick: () => undefined,
      brush: () => undefined,
    });
    // In happy-dom a wheel event has neither modifiers nor coordinates.
    const { ctrlKey = false, metaKey = false, shiftKey = false } = init;
    const event = Object.defineProperties(new WheelEvent("wheel", { ...init, cancelable: true }), {
      clientX: { value: 300 },
      clientY: { value: 90 },
      ctrlKey: { value: ctrlKey },
      metaKey: { value: metaKey },
      shiftKey: { value: shiftKey },
    });
    element.dispatchEvent(event);
    stop();
    const { from, to } = view.range.value;
    return { length: Math.round(to - from), from: Math.round(from), taken: event.defaultPrevented };
  }

  it("scrolls the lanes where they overflow, and zooms where they don't", () => {
    expect(wheel(true, { deltaY: 100 })).toEqual({ length: 20_000, from: 20_000, taken: false });
    const zoomed = wheel(false, { deltaY: -100 });
    expect(zoomed.length).toBeLessThan(20_000);
    expect(zoomed.taken).toBe(true);
  });

  it("zooms with Ctrl or ⌘, and pans sideways or with Shift, whether lanes overflow or not", () => {
    expect(wheel(true, { deltaY: -100, ctrlKey: true }).length).toBeLessThan(20_000);
    expect(wheel(true, { deltaY: -100, metaKey: true }).length).toBeLessThan(20_000);
    expect(wheel(true, { deltaX: 60 })).toEqual({ length: 20_000, from: 22_000, taken: true });
    expect(wheel(true, { deltaY: 60, shiftKey: true })).toEqual({
      length: 20_000,
      from: 22_000,
      taken: true,
    });
  });
});

describe("scheduler", () => {
  it("draws once per frame, however often it is asked", () => {
    let frame: (() => void) | null = null;
    let asked = 0;
    const scheduler = createScheduler(
      (callback) => {
        frame = callback;
        return ++asked;
      },
      () => 0,
    );
    let drawn = 0;
    const draw = (): void => {
      drawn++;
    };
    scheduler.ask(draw);
    scheduler.ask(draw);
    expect([asked, drawn]).toEqual([1, 0]);
    frame!();
    expect(drawn).toBe(1);
    scheduler.ask(draw);
    scheduler.cancel(draw);
    frame!();
    expect(drawn).toBe(1);
  });
});

describe("gripAt", () => {
  it("grips an edge, the window, or nothing", () => {
    const scale = createScale(minute, 600);
    const window = { from: 20_000, to: 40_000 };
    expect([198, 300, 405, 500].map((x) => gripAt(scale, window, x))).toEqual([
      "from",
      "window",
      "to",
      "outside",
    ]);
    const narrow = { from: 20_000, to: 20_200 };
    expect(gripAt(scale, narrow, 196)).toBe("outside");
  });
});

describe("oneAtATime", () => {
  it("runs once at a time, and once more for all calls in the meantime", async () => {
    let runs = 0;
    let open: (() => void)[] = [];
    const action = oneAtATime(
      () =>
        new Promise<void>((resolve) => {
          runs++;
          open.push(resolve);
        }),
    );
    const first = action();
    const second = action();
    const third = action();
    expect(runs).toBe(1);
    open.forEach((finish) => {
      finish();
    });
    open = [];
    await first;
    await new Promise((resolve) => setTimeout(resolve));
    expect(runs).toBe(2);
    open.forEach((finish) => {
      finish();
    });
    await Promise.all([second, third]);
    expect(runs).toBe(2);
  });
});
