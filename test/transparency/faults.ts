/** Tests what a fault may change on a page, and what not. */
import { describe, expect, it } from "vitest";
import type { FaultCommand } from "../../extension/core/faults/vocabulary.ts";
import type { TestPage } from "../harness/browser/index.ts";
import { command, readStore, type RecordedPage } from "./harness/store.ts";
import type { Hooked } from "./hostile.ts";
import type { FaultStep } from "./page/fault-steps.ts";

const PATIENT = { timeout: 10_000 };

type Answer = { ok: true; fault: number } | { ok: false; error: string };

export function describeFaults(hooked: () => Hooked): void {
  let page: TestPage;
  let recorded: RecordedPage;

  const step = async (name: FaultStep): Promise<unknown> =>
    JSON.parse(
      await page.evaluate((name, place) => window.compliance.step(name, place), name, hooked().place),
    ) as unknown;
  const look = async (): Promise<RecordedPage["recorded"]> => {
    const found = (await readStore(hooked().extension)).find(({ url }) => url.endsWith("/?faults=…"));
    if (!found) return [];
    recorded = found;
    return found.recorded;
  };
  const inject = async (fault: FaultCommand): Promise<number> => {
    const { tabId, page } = recorded;
    const answer = (await command(hooked().extension, {
      type: "inject",
      tabId,
      page,
      command: fault,
    })) as Answer;
    if (!answer.ok) throw new Error(answer.error);
    return answer.fault;
  };
  const ended = (fault: number) =>
    expect.poll(
      async () =>
        (await look()).flatMap((event) =>
          event.kind === "fault-ended" && event.fault === fault ? [event.reason] : [],
        ),
      PATIENT,
    );

  describe("with faults", () => {
    it("continues recording after a close() that the browser rejected", async () => {
      const { browser, extension, place } = hooked();
      page = await browser.newPage(`${place.origin}/?faults=1`);
      expect(await step("connect")).toBe(1);
      await expect.poll(async () => (await look()).length, PATIENT).toBeGreaterThan(3);
      await command(extension, {
        type: "panel-open",
        panel: "test",
        tabId: recorded.tabId,
        origin: place.origin,
      });
      const [thrown, state, received] = (await step("badClose")) as [string[], number, unknown[]];
      expect(thrown).toEqual(["InvalidAccessError", "InvalidAccessError", "InvalidAccessError"]);
      expect(state).toBe(1);
      expect(received).toHaveLength(1);
      await expect
        .poll(async () =>
          (await look()).flatMap((event) => (event.kind === "message" ? [event.invocationId] : [])),
        )
        .toEqual(["after", "after"]);
      expect((await look()).filter(({ kind }) => kind === "socket-closing")).toEqual([]);
    });

    it("redacts a secret that the payload cap cuts in two", async () => {
      const secret = "hunter2".repeat(20);
      const message = (before: number): string =>
        JSON.stringify({
          type: 1,
          target: "Told",
          arguments: [{ filler: "x".repeat(before), password: secret }],
        }) + "\x1e";
      // The limit is 64 KiB: the secret is complete in the first payload, and cut at four different places in the others.
      const lengths = [10, 65_380, 65_420, 65_440, 65_460];
      for (const length of lengths)
        await fetch(new URL("/control", hooked().place.hub), {
          method: "POST",
          body: JSON.stringify({ do: "sendText", text: message(length) }),
        });
      const told = async () =>
        (await look()).flatMap((event) =>
          event.kind === "message" && event.target === "Told" ? [event.payload ?? ""] : [],
        );
      await expect.poll(async () => (await told()).length, PATIENT).toBe(lengths.length);
      for (const payload of await told()) {
        expect(payload).toContain('"password":"…');
        expect(payload).not.toContain("hunter");
      }
      // The page itself received all of these, and the answer to a call.
      expect(await step("call")).toHaveLength(lengths.length + 1);
    });

    it("swallows both directions while half-open, but not events that the page dispatches itself", async () => {
      const fault = await inject({ name: "half-open", target: { scope: "page" } });
      expect(await step("speak")).toEqual([[["the page's own", false]], 1, 0]);
      const { tabId, page } = recorded;
      await command(hooked().extension, { type: "end-fault", tabId, page, fault });
      expect(await step("call")).toHaveLength(1);
      const swallowed = (await look()).filter((event) => event.kind === "message" && event.swallowed);
      expect(swallowed).toMatchObject([{ direction: "out", invocationId: "into the void", fault }]);
    });

    it("ends half-open when the last of the page's sockets ends", async () => {
      expect(await step("connect")).toBe(2);
      const fault = await inject({ name: "half-open", target: { scope: "page" } });
      expect(await step("closeOne")).toBe(2);
      await ended(fault).toEqual([]);
      expect(await step("closeOne")).toBe(2);
      await ended(fault).toEqual(["completed"]);
    });

    it("rejects only SignalR while offline, even if the page has changed Promise", async () => {
      await step("connect");
      const fault = await inject({ name: "offline", target: { scope: "page" }, duration: 1_500 });
      expect(await step("offline")).toEqual([
        false,
        "another socket opens",
        "SyntaxError",
        true,
        0,
        ["error"],
        1006,
        3,
        "TypeError",
        200,
      ]);
      await ended(fault).toEqual(["completed"]);
    });

    it("holds timers and negotiates while suspended, and releases each in its own task", async () => {
      await step("connect");
      await step("arm");
      const fault = await inject({ name: "suspend", target: { scope: "page" }, duration: 600 });
      await ended(fault).toEqual(["completed"]);
      const log = (await step("suspended")) as unknown[];
      // The loss comes before everything that was held back.
      expect(log.slice(0, 3)).toEqual(["resume", ["error", false], ["close", 1006, false]]);
      const rest = log.slice(3).map((entry) => JSON.stringify(entry));
      expect(rest).toHaveLength(4);
      expect(rest.filter((entry) => !entry.includes("negotiated"))).toEqual([
        '"first"',
        expect.stringContaining("mine"),
        '"second"',
      ]);
      expect(rest).toContain('["negotiated",200,true]');
      await page.close();
    });
  });
}
