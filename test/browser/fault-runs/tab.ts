/** Faults that simulate what browsers do to tabs. */
import { expect, it } from "vitest";
import { ALL, type Scene } from "./scene.ts";

export function describeTab(scene: Scene): void {
  it("suspend: WebSockets are lost, event streams and polls survive", async () => {
    const fault = await scene.run.begin({ name: "suspend", duration: 500 });
    await scene.reconnect(["socket", "stateful"]);
    await scene.clean(fault);
    for (const name of ["stream", "polling"] as const) {
      expect(await scene.run.told(name)).toEqual([]);
      expect(await scene.run.invoke(name, "Echo", name)).toBe(name);
    }
  });

  it("throttle-timers: all timers fire together, once per period", async () => {
    const fault = await scene.run.begin({ name: "throttle-timers", period: 1_000, duration: 2_500 });
    const gaps = await scene.run.page.evaluate(
      () =>
        new Promise<number[]>((resolve) => {
          const times: number[] = [];
          const timer = setInterval(() => {
            times.push(performance.now());
            if (times.length < 3) return;
            clearInterval(timer);
            resolve([times[1]! - times[0]!, times[2]! - times[1]!]);
          }, 20);
        }),
    );
    expect(Math.max(...gaps)).toBeGreaterThan(900);
    await scene.clean(fault);
  });

  it("block-main-thread: no script runs meanwhile, and nothing is lost", async () => {
    const timer = await scene.run.page.evaluate(() => {
      let last = performance.now();
      window.longestGap = 0;
      return window.setInterval(() => {
        window.longestGap = Math.max(window.longestGap, performance.now() - last);
        last = performance.now();
      }, 10);
    });
    const fault = await scene.run.begin({ name: "block-main-thread", duration: 500 });
    await scene.run.page.waitFor("the timer to have been late", () => window.longestGap > 450);
    await scene.run.page.evaluate((id) => {
      clearInterval(id);
      Reflect.deleteProperty(window, "longestGap");
    }, timer);
    await scene.clean(fault);
    for (const name of ALL) expect(await scene.run.told(name)).toEqual([]);
  });

  it("suspend-in-cache: Chromium really uses its back/forward cache, Firefox rejects the fault", async () => {
    const answer = await scene.run.inject({ name: "suspend-in-cache", duration: 800 });
    if (scene.browser === "firefox") {
      expect(answer).toMatchObject({ ok: false, error: expect.stringContaining("Firefox") as string });
      return;
    }
    expect(answer).toMatchObject({ ok: true });
    await scene.run.untilTold("socket", "reconnected");
    if (!answer.ok) return;
    expect(await scene.run.over(answer.fault)).toBe("completed");
    const life = (await scene.run.events()).flatMap((event) =>
      event.kind === "lifecycle" && event.fault === undefined ? [`${event.phase} ${event.persisted}`] : [],
    );
    expect(life).toContain("pagehide true");
    expect(life).toContain("pageshow true");
  });
}

declare global {
  interface Window {
    longestGap: number;
  }
}
