/** Where Hubscope runs, in words. */
import { describe, expect, it } from "vitest";
import type { SiteChoice } from "../../../extension/core/settings.ts";
import {
  allListed,
  portsIncluded,
  whereItRuns,
  whyNotRunning,
} from "../../../extension/core/text/site-words.ts";

const except = (...sites: string[]): SiteChoice => ({ where: "except", only: [], except: sites });

describe("where Hubscope runs", () => {
  it.each([
    [["a.test"], "a.test"],
    [["a.test", "b.test"], "a.test and b.test"],
    [["a.test", "b.test", "c.test"], "a.test, b.test and c.test"],
    [["a.test", "b.test", "c.test", "d.test"], "a.test, b.test and 2 more"],
    [["xn--bcher-kva.example"], "bücher.example"],
  ])("names the sites: %j", (sites, words) => {
    expect(whereItRuns(except(...sites))).toBe(`Hubscope runs on all sites except ${words}.`);
    expect(whereItRuns({ where: "only", only: sites, except: [] })).toBe(`Hubscope runs only on ${words}.`);
  });

  it("names all of a long list apart", () => {
    expect(allListed(except("a.test", "b.test", "c.test", "xn--bcher-kva.example"))).toBe(
      "a.test\nb.test\nc.test\nbücher.example",
    );
    expect(allListed(except("a.test", "b.test", "c.test"))).toBe("");
    expect(allListed({ where: "everywhere", only: ["a", "b", "c", "d"], except: [] })).toBe("");
  });

  it("names an excluded site as people write it", () => {
    expect(whyNotRunning("excluded", "xn--bcher-kva.example", except(), false).title).toBe(
      "Hubscope doesn't run on bücher.example",
    );
  });
});

describe("the ports that a switch includes", () => {
  const site = { site: "localhost", origin: "http://localhost:5000", firefox: true };

  it("are named where the browser can't tell them apart", () => {
    expect(portsIncluded(site)).toContain("localhost includes all of its ports");
  });

  it.each([
    { ...site, firefox: false },
    { ...site, origin: "http://localhost" },
    { ...site, site: null, origin: null },
  ])("aren't named otherwise: %j", (other) => {
    expect(portsIncluded(other)).toBe("");
  });
});
