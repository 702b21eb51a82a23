/** The soak of `npm run soak` in half a minute: what must hold without a clock. Only Chromium tells heaps and listeners. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDir } from "../../scripts/paths.ts";
import { PHASES, SHORT, soak, type Phase } from "../bench/soak/phases.ts";
import { growth, keptHeap } from "../bench/soak/report.ts";
import { serveSoak, type SoakServer } from "../bench/soak/serve.ts";
import { SoakBrowser } from "../bench/soak/soak-browser.ts";

/**
 * Growth of the page's heap, without compiled code, in the second half of a phase. A page with its first connections still fills what is bounded (the last
 * thousand envelopes, events that wait for the relay, the browser's own list of requests): 0.3 MB at most were seen in so short a
 * phase. The second half of the first phase has 2,000 messages: what is kept for each of them is found if it is above 500 bytes.
 */
const GROWTH = 2 ** 20;

describe("a soak: chromium", () => {
  let server: SoakServer;
  let browser: SoakBrowser;
  const phases = new Map<string, Phase>();
  beforeAll(async () => {
    server = await serveSoak();
    browser = await SoakBrowser.launch(buildDir("chrome"));
    for await (const phase of soak(browser, server, SHORT)) phases.set(phase.name, phase);
  });
  afterAll(async () => {
    await browser.close();
    server.stop();
  });
  const phaseOf = (name: string): Phase => {
    const phase = phases.get(name);
    if (!phase) throw new Error(`${name} was not run`);
    return phase;
  };

  it.each(PHASES)("%s: records everything, in unbroken order", (name) => {
    const { received, reconnects, audit } = phaseOf(name);
    expect(received + reconnects).toBeGreaterThan(0);
    expect(audit).toMatchObject({ invocations: received, reconnects, dropped: 0, missing: 0 });
    expect(audit.pages).toBe(name === "frames" ? SHORT.frames : 1);
  });

  it.each(PHASES)("%s: neither heap nor listeners of the page grow, and the background runs", (name) => {
    const { samples } = phaseOf(name);
    expect(samples.length).toBeGreaterThan(1);
    expect(growth(samples, keptHeap)).toBeLessThan(GROWTH);
    expect(growth(samples, ({ listeners }) => listeners)).toBe(0);
    for (const { backgroundHeap } of samples) expect(backgroundHeap).not.toBeNull();
  });
});
