// @vitest-environment happy-dom
import "../hook/in-a-page.ts";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type * as Happenings from "../../../content-script/sentinel/happenings.ts";
import type { Interpreter } from "../../../content-script/sentinel/interpreter.ts";
import type * as Natives from "../../../content-script/sentinel/platform/natives.ts";
import { later } from "../hook/in-a-page.ts";

let happenings: typeof Happenings;
let natives: typeof Natives;
let seen: string[];
let lost: number | undefined;
const start = Date.now();

/** Only `live` is called by the list itself. */
const hook = {
  live(count: number) {
    lost = count;
    seen.push("live");
  },
} as Interpreter;

const note = (what: string) => (): void => {
  seen.push(`${what} at ${Math.round(natives.now() - zero)}`);
};
let zero = start;

beforeEach(async () => {
  vi.resetModules();
  natives = await import("../../../content-script/sentinel/platform/natives.ts");
  happenings = await import("../../../content-script/sentinel/happenings.ts");
  seen = [];
  lost = undefined;
  zero = natives.now();
});

describe("what happens before the hook is there", () => {
  it("is replayed in order, each at its own time, and what happens later runs at once", async () => {
    happenings.happen({}, note("a"));
    await later(20);
    happenings.happen({}, note("b"));
    await later(300);
    happenings.replay(hook);
    expect(seen).toEqual(["a at 0", "b at 20", "live"]);
    happenings.happen({}, note("c"));
    expect(seen.at(-1)).toBe("c at 320");
    expect([lost, happenings.isLive()]).toEqual([0, true]);
  });

  it("waits for what has to be read first; what happens meanwhile joins the end", async () => {
    let read: () => void = () => undefined;
    happenings.happen({}, () => new Promise<void>((resolve) => (read = resolve)));
    happenings.happen({}, note("answered"));
    happenings.replay(hook);
    await later(50);
    happenings.happen({}, note("meanwhile"));
    expect([seen, happenings.isLive()]).toEqual([[], false]);
    read();
    await later(0);
    expect(seen).toEqual(["answered at 0", "meanwhile at 50", "live"]);
  });

  it("goes on after an error of ours", () => {
    happenings.happen({}, () => {
      throw new Error("ours");
    });
    happenings.happen({}, note("next"));
    happenings.replay(hook);
    expect(seen).toEqual(["next at 0", "live"]);
  });

  it("is forgotten with the object to which it happened, before the replay and during it", () => {
    const [chat, game, hub] = [{}, {}, {}];
    happenings.happen(chat, note("chat"));
    happenings.happen(game, note("game opens"));
    happenings.happen(hub, note("hub opens"));
    happenings.happen(game, () => {
      happenings.forget(game);
    });
    happenings.happen(game, note("game says"));
    happenings.happen(hub, note("hub says"));
    happenings.forget(chat);
    happenings.replay(hook);
    expect(seen).toEqual(["game opens at 0", "hub opens at 0", "hub says at 0", "live"]);
  });

  it("is bounded in number and in the length of its texts, and what has no room is counted", () => {
    const MiB = 1024 * 1024;
    happenings.happen({}, note("small"), 20 * MiB);
    happenings.happen({}, note("too long"), 13 * MiB);
    happenings.happen({}, note("fits"), 12 * MiB);
    for (let i = 0; i < 40_000; i++) happenings.happen({}, () => undefined);
    happenings.replay(hook);
    expect(seen).toEqual(["small at 0", "fits at 0", "live"]);
    expect(lost).toBe(1 + 2);
  });

  it("comes after what may be pending, such as a HubConnection that was just created", () => {
    let pending = true;
    happenings.beforeEach(() => {
      if (!pending) return;
      pending = false;
      happenings.happen({}, note("hub"));
    });
    happenings.happen({}, note("socket"));
    happenings.replay(hook);
    expect(seen).toEqual(["hub at 0", "socket at 0", "live"]);
  });
});
