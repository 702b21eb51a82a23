// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import type { FaultDetails, FaultTarget } from "../../../extension/core/faults/fault-details.ts";
import {
  FAULT_DETAILS,
  FAULTS,
  parseFaultCommand,
  type FaultName,
} from "../../../extension/core/faults/vocabulary.ts";
import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import { resolveTarget, choicesFor, reachesOf, type Reach } from "../../../panel/views/faults/target.ts";
import { catalogue, hintFor, USUAL_FAULTS } from "../../../panel/views/faults/catalogue.ts";
import type { Target } from "../../../panel/state/fault-control.ts";
import { fieldsOf, initialValues, readForm } from "../../../panel/views/faults/form-fields.ts";

const NAMES = Object.keys(FAULTS) as FaultName[];

const TARGETS: Readonly<Record<FaultTarget["scope"], FaultTarget>> = {
  page: { scope: "page" },
  hub: { scope: "hub", url: "https://board.example/hubs/board" },
  connection: { scope: "connection", socket: 3 },
  share: { scope: "share", percent: 50, seed: 7 },
};

describe("the catalogue", () => {
  it("contains every fault once, with a word about its effect", () => {
    expect(catalogue("").flatMap(({ faults }) => faults)).toEqual(NAMES);
    for (const name of NAMES) expect(hintFor(name)).not.toBe("");
    expect(new Set(USUAL_FAULTS).size).toBe(USUAL_FAULTS.length);
  });

  it("finds faults by all words of their description", () => {
    const found = (search: string): string[] => catalogue(search).flatMap(({ faults }) => [...faults]);
    expect(found("ping lost")).toContain("drop-pings");
    expect(found("NEGOTIATE status")).toContain("negotiate-status");
    expect(found("load balancer")).toContain("idle-cut");
    expect(found("nothing like this")).toEqual([]);
  });
});

describe.each(NAMES)("the form of %s", (name) => {
  const kind: FaultDetails = FAULT_DETAILS[name];

  it("makes a valid command for every possible target", () => {
    for (const scope of kind.scopes) {
      const read = readForm(name, initialValues(name), TARGETS[scope]);
      expect(read.ok && parseFaultCommand(read.command)).toEqual(read.ok && read.command);
      expect(read).toMatchObject({ ok: true, command: { name, target: TARGETS[scope] } });
    }
  });

  it("shows each error under the field that it is about", () => {
    for (const { key, parameter } of fieldsOf(name)) {
      if (["flag", "direction", "message-types", "text"].includes(parameter.kind)) continue;
      for (const nonsense of ["much", "-1", "1e9", "99999999999999", "0x10"]) {
        const read = readForm(name, { ...initialValues(name), [key]: nonsense }, TARGETS.page);
        expect(read.ok, `${key} ${nonsense}`).toBe(false);
        if (!read.ok) expect(Object.keys(read.problems)).toEqual([key]);
      }
      const empty = readForm(name, { ...initialValues(name), [key]: " " }, TARGETS.page);
      expect(empty.ok).toBe(parameter.optional !== undefined);
    }
  });

  it("asks for seconds and percent, and gives milliseconds and shares", () => {
    for (const { key, parameter } of fieldsOf(name)) {
      const typed = { duration: ["1,5", 1500], probability: ["25", 0.25], delay: ["250", 250] }[
        parameter.kind as "duration"
      ] as [string, number] | undefined;
      if (!typed) continue;
      const read = readForm(name, { ...initialValues(name), [key]: typed[0] }, TARGETS.page);
      expect(read.ok && read.command).toMatchObject({ [key]: typed[1] });
    }
  });
});

describe("forms with special fields", () => {
  it("omits message types if none is chosen, and contains those that are chosen", () => {
    const values = initialValues("drop-messages");
    const none = readForm("drop-messages", values, TARGETS.page);
    expect(none.ok && "types" in none.command).toBe(false);
    const some = readForm("drop-messages", { ...values, types: [1, 3], method: "Tick" }, TARGETS.page);
    expect(some.ok && some.command).toMatchObject({ types: [1, 3], method: "Tick" });
  });

  it("rejects values that can't be combined, and texts that are too long", () => {
    const values = initialValues("close-code");
    const reason = (code: string, text: string) => {
      const read = readForm("close-code", { ...values, code, reason: text }, TARGETS.page);
      return read.ok ? null : read.problems["reason"];
    };
    expect(reason("1012", "restart")).toBeNull();
    expect(reason("1006", "restart")).toContain("1006");
    expect(reason("4000", "ü".repeat(62))).toContain("124");
  });
});

const hub = (key: string, url: string, transport: string): HubConnectionModel =>
  ({
    key,
    url,
    path: url,
    transports: [{ socket: 1, until: null, ghost: false, transport }],
  }) as unknown as HubConnectionModel;

const page: Target = { key: "p", label: "page", page: "p", hub: null, socket: null };
const board: Target = {
  key: "b",
  label: "/board",
  page: "p",
  hub: hub("b", "https://a.example/board", "WebSockets"),
  socket: 4,
};
const polled: Target = {
  key: "l",
  label: "/polled",
  page: "p",
  hub: hub("l", "https://a.example/polled", "LongPolling"),
  socket: 5,
};
const closed: Target = { ...board, key: "c", label: "/closed", socket: null };
const ALL = [page, board, polled];
const ONE: Reach = { of: "connection", share: null };

describe("targets", () => {
  it("offers and accepts only targets that the fault allows", () => {
    expect(choicesFor("offline", ALL)).toEqual([page]);
    expect(reachesOf("refuse-connects")).toEqual(["hub"]);
    expect(resolveTarget("abrupt-loss", ALL, board, ONE, "chromium")).toMatchObject({
      target: { scope: "connection", socket: 4 },
    });
    expect(resolveTarget("abrupt-loss", ALL, board, { ...ONE, of: "hub" }, "chromium")).toMatchObject({
      target: { scope: "hub", url: "https://a.example/board" },
    });
    // If a fault can't have a single connection as its target, it gets the hub; if not that either, the page.
    expect(resolveTarget("refuse-connects", ALL, board, ONE, "chromium")).toMatchObject({
      target: { scope: "hub" },
    });
    expect(resolveTarget("offline", ALL, board, ONE, "chromium")).toMatchObject({
      pages: ["p"],
      target: { scope: "page" },
    });
  });

  it("includes every frame of the tab, but sends a fault for the whole tab only once", () => {
    const tab: Target = { ...page, key: "all", label: "All frames of the tab", frames: ["p", "q"] };
    const inner: Target = { ...board, key: "i", page: "q", socket: null };
    const all = [tab, page, { ...inner, socket: 9 }];
    expect(resolveTarget("abrupt-loss", all, tab, ONE, "chromium")).toMatchObject({
      ok: true,
      pages: ["p", "q"],
    });
    expect(resolveTarget("offline", all, tab, ONE, "chromium")).toMatchObject({
      ok: true,
      pages: ["p", "q"],
    });
    expect(resolveTarget("discard", all, tab, ONE, "chromium")).toMatchObject({ ok: true, pages: ["p"] });
    // The top frame alone has no open connection here.
    expect(resolveTarget("abrupt-loss", all, page, ONE, "chromium")).toMatchObject({ ok: false });
  });

  it("accepts a share as percentage and seed, and names the wrong one", () => {
    const share = (percent: string, seed: string) =>
      resolveTarget("abrupt-loss", ALL, page, { ...ONE, share: { percent, seed } }, "chromium");
    expect(share("50", "7")).toMatchObject({ target: { scope: "share", percent: 50, seed: 7 } });
    for (const percent of ["", "0", "101", "half"])
      expect(share(percent, "7")).toMatchObject({ ok: false, field: "percent" });
    for (const seed of ["", "1.5", "4294967296", "-1"])
      expect(share("50", seed)).toMatchObject({ ok: false, field: "seed" });
  });

  it("gives the reason if a target is impossible", () => {
    const why = (
      name: FaultName,
      all: readonly Target[],
      target: Target | null,
      browser: "chromium" | "firefox",
    ) => {
      const resolved = resolveTarget(name, all, target, ONE, browser);
      return resolved.ok ? null : resolved.why;
    };
    expect(why("abrupt-loss", [], null, "chromium")).toContain("No SignalR connection");
    expect(why("abrupt-loss", [page, closed], closed, "chromium")).toContain(
      "/closed has no open transport connection",
    );
    expect(why("abrupt-loss", [page, closed], page, "chromium")).toContain("No open connection");
    expect(why("close-code", ALL, polled, "chromium")).toContain("Applies to WebSockets only");
    expect(why("close-code", ALL, board, "chromium")).toBeNull();
    const chromiumOnly = NAMES.filter((name) => (FAULT_DETAILS[name] as FaultDetails).only === "Chromium");
    for (const name of chromiumOnly) {
      expect(why(name, ALL, page, "firefox")).toContain("Chromium only");
      expect(why(name, ALL, page, "chromium")).toBeNull();
    }
    // Faults that refuse new connections need no open one.
    expect(why("refuse-connects", [page, closed], closed, "firefox")).toBeNull();
  });
});
