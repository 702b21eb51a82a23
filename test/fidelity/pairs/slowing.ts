/** Pairs for faults with which everything works, but takes longer. */
import { pair, type AnyPair, type Half } from "../pair.ts";
import type { Side } from "../side.ts";

const DELAY = 500;

/** Notes whether an action was late. `least` is the delay, minus the tolerance for a timer that fires early. */
async function noteLate(side: Side, what: string, least: number, run: () => Promise<unknown>): Promise<void> {
  const from = performance.now();
  await run();
  side.note(`${what}: ${performance.now() - from >= least - 10 ? "late" : "in time"}`);
}

const slowStart = (slow: (side: Side) => unknown): Half => ({
  async act(side) {
    await slow(side);
    await noteLate(side, "start", DELAY, () => side.start());
    await noteLate(side, "Echo", DELAY, () => side.invoke("Echo", 1));
  },
});

/** Compares in which order and how late a burst of messages arrives. */
const burst = (least: number, slow: (side: Side) => unknown): Half => ({
  async act(side) {
    await slow(side);
    await noteLate(side, "Echo", least, () => side.invoke("Echo", "x".repeat(1_000)));
    await side.invoke("Flood", 6, 300);
    side.note((await side.received()).map((line) => line.slice(0, 8)).join());
  },
});

export const SLOWING: readonly AnyPair[] = [
  pair({
    fault: "slow-negotiate",
    how: "the server answers negotiates half a second later",
    on: ["WebSockets", "ServerSentEvents", "LongPolling"],
    starts: true,
    real: slowStart(({ control }) => control({ do: "delayNegotiates", delayMilliseconds: DELAY })),
    injected: slowStart(({ inject }) => inject({ name: "slow-negotiate", delay: DELAY, duration: 60_000 })),
  }),
  pair({
    fault: "slow-handshake",
    how: "a TCP proxy holds back for half a second what the server says after the upgrade",
    on: ["WebSockets"],
    starts: true,
    real: {
      async act(side) {
        side.proxy.holdAfterUpgrade(DELAY);
        await noteLate(side, "start", DELAY, () => side.start());
      },
    },
    injected: {
      async act(side) {
        await side.inject({ name: "slow-handshake", delay: DELAY, duration: 60_000 });
        await noteLate(side, "start", DELAY, () => side.start());
      },
    },
  }),
  pair({
    fault: "latency",
    how: "a TCP proxy lets everything wait for a quarter of a second in each direction",
    on: ["WebSockets", "WebSockets, stateful", "WebSockets, MessagePack", "ServerSentEvents", "LongPolling"],
    real: burst(500, ({ proxy }) => proxy.delay(250)),
    injected: burst(500, ({ inject }) =>
      inject({ name: "latency", direction: "both", delay: 250, duration: 60_000 }),
    ),
  }),
  pair({
    fault: "bandwidth",
    how: "a TCP proxy lets 4,000 bytes a second pass in each direction",
    on: ["WebSockets", "ServerSentEvents", "LongPolling"],
    real: burst(450, ({ proxy }) => proxy.throttle(4_000)),
    injected: burst(450, ({ inject }) =>
      inject({ name: "bandwidth", direction: "both", bytesPerSecond: 4_000, duration: 60_000 }),
    ),
  }),
];
