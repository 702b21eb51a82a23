/** Which sites are understood, which pages belong to them, and what switching one of them on and off does. */
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, readSettings, type SiteChoice } from "../../../extension/core/settings.ts";
import {
  addSite,
  covers,
  patternsOf,
  readSite,
  runsAt,
  siteOf,
  switchedAt,
} from "../../../extension/core/sites.ts";

const choice = (where: SiteChoice["where"], only: string[] = [], except: string[] = []): SiteChoice => ({
  where,
  only,
  except,
});

describe("a typed site", () => {
  it.each([
    ["example.com", "example.com"],
    [" Example.COM ", "example.com"],
    ["*.example.com", "example.com"],
    ["example.com.", "example.com"],
    ["https://app.example.com/board?id=1#x", "app.example.com"],
    ["https://example.com:443/", "example.com"],
    ["http://example.com:443/", "example.com:443"],
    ["wss://hub.example:8443/board", "hub.example:8443"],
    ["localhost:5000", "localhost:5000"],
    ["localhost:80", "localhost:80"],
    ["localhost:80/board", "localhost:80"],
    ["http://localhost:80/", "localhost"],
    ["localhost", "localhost"],
    ["LOCALHOST.", "localhost"],
    ["192.168.0.1", "192.168.0.1"],
    ["https://10.0.0.7:8443/board", "10.0.0.7:8443"],
    ["127.0.0.1:5001", "127.0.0.1:5001"],
    ["[::1]:5000", "[::1]:5000"],
    ["my_host.intranet", "my_host.intranet"],
    ["bücher.example", "xn--bcher-kva.example"],
  ])("%s is read as %s", (text, site) => {
    expect(readSite(text, true)).toEqual({ site });
  });

  it.each([
    ["", "Write a host name"],
    ["two words", "is not a site"],
    ["user@example.com", "is not a site"],
    ["example.com:port", "is not a site"],
    ["example..com", "is not a site"],
    ["localhost:0", "is not a site"],
    ["192.168.0.0/16", "A range of addresses"],
    ["::1", "in brackets"],
    ["fe80::1", "in brackets"],
    ["<all_urls>", "choose “On all sites”"],
    ["*://*/*", "choose “On all sites”"],
    ["-", "is not a site"],
    ["-a.example", "is not a site"],
    ["a-.example", "is not a site"],
    ["192.168.1", "all four numbers"],
    ["127.1:5000", "all four numbers"],
    ["http://2130706433/", "all four numbers"],
    ["0x7f.0.0.1", "all four numbers"],
    [`${"a".repeat(300)}.example`, "is not a site"],
    ["exa*mple.com", "No * is needed"],
    ["*", "choose “On all sites”"],
    ["file:///home/me/page.html", "http and https sites only"],
    ["chrome://settings", "http and https sites only"],
  ])("%s is refused in plain words", (text, words) => {
    const read = readSite(text, true);
    expect("error" in read && read.error).toContain(words);
  });

  it("loses its port where the browser can't tell ports apart, with a note", () => {
    expect(readSite("localhost:5000", false)).toEqual({
      site: "localhost",
      note: expect.stringContaining("all of its ports") as string,
    });
  });

  it.each(["com", "1e3", "intranet", "*.com"])(
    "%s is a whole domain, or one computer: with a note",
    (text) => {
      const name = text.replace("*.", "");
      expect(readSite(text, true)).toEqual({
        site: name,
        note: `This includes every site whose name ends in .${name}.`,
      });
    },
  );

  it("is named in messages as people write it", () => {
    expect(addSite(["xn--bcher-kva.example"], "bücher.example", true)).toEqual({
      error: "bücher.example is in the list already.",
    });
    expect(addSite(["xn--bcher-kva.example"], "app.bücher.example", true)).toEqual({
      error: "bücher.example includes app.bücher.example already.",
    });
  });

  it("isn't added twice, nor below a site that includes it", () => {
    expect(addSite(["example.com"], "Example.com", true)).toEqual({
      error: "example.com is in the list already.",
    });
    expect(addSite(["example.com"], "app.example.com:8443", true)).toEqual({
      error: "example.com includes app.example.com:8443 already.",
    });
    expect(addSite(["localhost:5000"], "localhost:5001", true)).toEqual({ site: "localhost:5001" });
    expect(addSite(["app.example.com"], "example.com", true)).toEqual({ site: "example.com" });
  });
});

describe("a page", () => {
  it.each([
    ["example.com", "https://example.com/", true],
    ["example.com", "http://app.example.com:8080/board", true],
    ["example.com", "https://notexample.com/", false],
    ["example.com", "https://example.com.evil.test/", false],
    ["app.example.com", "https://example.com/", false],
    ["localhost:5000", "http://localhost:5000/", true],
    ["localhost:5000", "http://localhost:5001/", false],
    ["example.com:443", "https://example.com/", true],
    ["example.com:443", "http://example.com/", false],
    ["0.0.1", "http://127.0.0.1/", false],
    ["[::1]", "http://[::1]:5000/", true],
    ["example.com", "file:///example.com/x.html", false],
  ])("of %s: %s %s", (site, url, is) => {
    expect(covers(site, url)).toBe(is);
  });

  it("belongs to the site of its host, with the port if the browser can tell ports apart", () => {
    expect(siteOf("https://app.example.com/board", true)).toBe("app.example.com");
    expect(siteOf("http://localhost:5000/", true)).toBe("localhost:5000");
    expect(siteOf("http://localhost:5000/", false)).toBe("localhost");
    expect(siteOf("file:///home/me/page.html", true)).toBeNull();
    expect(siteOf("about:blank", true)).toBeNull();
  });

  it("is run on as chosen", () => {
    const url = "https://app.example.com/";
    expect(runsAt(choice("everywhere", [], ["example.com"]), url)).toBe(true);
    expect(runsAt(choice("only", ["example.com"]), url)).toBe(true);
    expect(runsAt(choice("only", ["other.test"]), url)).toBe(false);
    expect(runsAt(choice("only"), url)).toBe(false);
    expect(runsAt(choice("except", ["example.com"], ["other.test"]), url)).toBe(true);
    expect(runsAt(choice("except", [], ["example.com"]), url)).toBe(false);
  });
});

it.each([
  ["example.com", ["*://*.example.com/*"]],
  ["localhost:5000", ["http://*.localhost:5000/*", "https://*.localhost:5000/*"]],
  ["127.0.0.1:5000", ["http://127.0.0.1:5000/*", "https://127.0.0.1:5000/*"]],
  ["[::1]", ["*://[::1]/*"]],
])("the patterns of %s are %j", (site, patterns) => {
  expect(patternsOf(site)).toEqual(patterns);
});

describe("switching a site", () => {
  const url = "https://app.example.com/board";
  const site = "app.example.com";

  it.each([
    ["off, when it runs everywhere", choice("everywhere"), false, choice("except", [], [site])],
    [
      "off, when it runs everywhere, without older exceptions",
      choice("everywhere", ["a.test"], ["b.test"]),
      false,
      choice("except", ["a.test"], [site]),
    ],
    ["on, when it runs everywhere", choice("everywhere"), true, choice("everywhere")],
    [
      "off, when it runs on chosen sites, takes out the one that includes it",
      choice("only", ["example.com", "b.test"]),
      false,
      choice("only", ["b.test"]),
    ],
    ["on, when it runs on chosen sites", choice("only", ["b.test"]), true, choice("only", ["b.test", site])],
    [
      "off, when some are excluded",
      choice("except", [], ["b.test"]),
      false,
      choice("except", [], ["b.test", site]),
    ],
    [
      "on, when some are excluded",
      choice("except", [], ["b.test", "example.com"]),
      true,
      choice("except", [], ["b.test"]),
    ],
    ["on, when it is the last exception", choice("except", [], [site]), true, choice("everywhere")],
  ])("%s", (_what, before, on, after) => {
    const switched = switchedAt(before, url, site, on);
    expect(switched).toEqual(after);
    expect(runsAt(switched, url)).toBe(on);
  });
});

describe("stored settings", () => {
  it("of an earlier version mean everywhere", () => {
    expect(readSettings({ recording: false, probe: true }).sites).toEqual(DEFAULT_SETTINGS.sites);
  });

  it.each([null, "only", { where: "nowhere" }, { where: 1, only: "x", except: [1, null] }])(
    "that are damaged mean everywhere: %o",
    (sites) => {
      expect(readSettings({ sites }).sites).toEqual(DEFAULT_SETTINGS.sites);
    },
  );

  it("are read as they were stored", () => {
    const sites = choice("only", ["example.com"], ["other.test"]);
    expect(readSettings({ sites }).sites).toEqual(sites);
  });
});
