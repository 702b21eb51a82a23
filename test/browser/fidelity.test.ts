/** A selection of the comparisons of real breaks and faults that `npm run fidelity` makes. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasDotnet } from "../harness/hubs/dotnet/build.ts";
import { compare, isAlike } from "../fidelity/compare.ts";
import type { Variant } from "../fidelity/pair.ts";
import { PAIRS } from "../fidelity/pairs/all.ts";
import { see } from "../fidelity/side.ts";
import { openWorld, type OpenWorld } from "../fidelity/world.ts";
import type { BrowserName } from "../harness/browser/index.ts";

const FEW: readonly (readonly [title: string, variant: Variant])[] = [
  ["abrupt-loss: a TCP proxy cuts both sides", "WebSockets"],
  ["server-close: the server sends Close with allowReconnect, and an error", "LongPolling"],
  ["negotiate-status: the server answers the negotiate with 429", "every transport"],
  ["block-websockets: whatever is in front of the server answers upgrades with 404", "every transport"],
];
const BROWSERS: readonly BrowserName[] = ["chromium", "firefox"];

describe.skipIf(!hasDotnet()).each(BROWSERS)("fidelity: %s (real server)", (browser) => {
  let world: OpenWorld | null = null;
  beforeAll(async () => {
    world = await openWorld(browser);
  });
  afterAll(() => world?.close());

  it.each(FEW)("a fault has the same effects as the real break: %s, %s", async (title, variant) => {
    const pair = PAIRS.find(({ fault, how, on }) => `${fault}: ${how}` === title && on.includes(variant))!;
    const real = await see(world!, pair, variant, pair.real);
    const injected = await see(world!, pair, variant, pair.injected);
    const comparison = compare(pair, { variant, browser }, real, injected);
    expect(isAlike(comparison), JSON.stringify(comparison, null, 1)).toBe(true);
  });
});
