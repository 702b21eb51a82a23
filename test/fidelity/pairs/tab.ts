/** Pairs for what browsers do to pages. */
import { pair, type AnyPair, type Half } from "../pair.ts";
import type { Side } from "../side.ts";

/** WebSockets are lost; event streams and polls survive. */
const survives = async (side: Side): Promise<void> => {
  side.note(`Echo: ${String(await side.invoke("Echo", "still here"))}`);
};

const suspended = (freeze: (side: Side) => Promise<unknown>, lost: boolean): Half => ({
  async act(side) {
    await freeze(side);
    await side.untilPage("resume");
    if (lost) await side.untilTold("reconnected");
    await survives(side);
  },
});

/** Notes whether timers fire together, once per second. */
const timers = async (side: Side): Promise<void> => {
  const gaps = await side.page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const timer = setInterval(() => {
          times.push(performance.now());
          if (times.length < 4) return;
          clearInterval(timer);
          resolve(times.slice(1).map((time, i) => time - times[i]!));
        }, 20);
      }),
  );
  side.note(`timers once in a second: ${String(Math.min(...gaps.slice(1)) > 900)}`);
  await survives(side);
};

const busy = (block: (side: Side) => Promise<unknown>): Half => ({
  async act(side) {
    await block(side);
    await side.untilTold("reconnected");
    await survives(side);
  },
});

export const TAB: readonly AnyPair[] = [
  ...(["WebSockets", "WebSockets, stateful", "ServerSentEvents", "LongPolling"] as const).map((variant) =>
    pair({
      fault: "suspend",
      how: "another tab is in front, Chromium freezes this one (CDP), and the user comes back",
      on: [variant],
      browser: "chromium",
      real: suspended(async ({ page, hide, show }) => {
        await hide();
        await page.freeze(1_000);
        await show();
      }, variant.startsWith("WebSockets")),
      injected: suspended(
        ({ inject }) => inject({ name: "suspend", duration: 1_000 }),
        variant.startsWith("WebSockets"),
      ),
      ...(variant.startsWith("WebSockets")
        ? {
            known: [
              {
                at: "server" as const,
                real: ["first: socket closed 1001"],
                injected: ["first: socket closed 1000"],
                because:
                  "The server gets a close frame without a code, which ASP.NET Core treats as 1000; a real freeze sends 1001." as const,
              },
            ],
          }
        : {}),
    }),
  ),
  pair({
    fault: "suspend-in-cache",
    how: "another page is opened in the tab, and the user goes back",
    on: ["WebSockets"],
    browser: "chromium",
    real: {
      async act({ page, elsewhere, untilTold }) {
        await page.goto(elsewhere);
        await page.back();
        await untilTold("reconnected");
      },
    },
    injected: {
      async act({ inject, untilTold, untilOver }) {
        const fault = await inject({ name: "suspend-in-cache", duration: 1_000 });
        await untilOver(fault);
        await untilTold("reconnected");
      },
    },
  }),
  pair({
    fault: "throttle-timers",
    how: "another tab is brought to the front",
    on: ["WebSockets", "LongPolling"],
    browser: "chromium",
    real: {
      async act(side) {
        await side.hide();
        await timers(side);
        await side.show();
      },
    },
    injected: {
      async act(side) {
        const fault = await side.inject({ name: "throttle-timers", period: 1_000, duration: 60_000 });
        await timers(side);
        await side.end(fault);
      },
    },
    known: [{ at: "page", real: ["hidden", "visible"], because: "The page stays visible." }],
  }),
  pair({
    fault: "block-main-thread",
    how: "a script of the page runs for 4 s; the server gives up after 1.5",
    on: ["WebSockets"],
    hub: "/hubs/board?clientTimeout=1500&keepAlive=300",
    client: { keepAlive: 300 },
    real: busy(({ page }) =>
      page.evaluate(() => {
        setTimeout(() => {
          const until = performance.now() + 4_000;
          while (performance.now() < until);
        });
      }),
    ),
    injected: busy(({ inject }) => inject({ name: "block-main-thread", duration: 4_000 })),
  }),
];
