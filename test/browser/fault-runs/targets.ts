/** Targets of faults, and commands that are rejected. */
import { expect, it } from "vitest";
import { globals } from "../../harness/globals.ts";
import { ALL, type Scene } from "./scene.ts";

export function describeTargets(scene: Scene): void {
  it("breaks only its target: one connection, one hub, or a share of connections", async () => {
    const events = await scene.run.events();
    const over = events.flatMap((event) =>
      event.kind === "socket-closed" || event.kind === "socket-closing" ? [event.socket] : [],
    );
    const open = events.flatMap((event) =>
      event.kind === "socket" && event.transport === "LongPolling" && !over.includes(event.socket)
        ? [event.socket]
        : [],
    );
    const one = await scene.run.begin({
      name: "abrupt-loss",
      target: { scope: "connection", socket: open.at(-1) },
    });
    await scene.reconnect(["polling"]);
    for (const name of ["socket", "stream", "stateful"] as const)
      expect(await scene.run.told(name)).toEqual([]);
    await scene.clean(one);

    await scene.run.fresh();
    const hubUrl = `${scene.hub().url}/hubs/stateful`;
    const atHub = await scene.run.begin({ name: "graceful-loss", target: { scope: "hub", url: hubUrl } });
    await scene.reconnect(["stateful"]);
    for (const name of ALL) expect(await scene.run.told(name)).toEqual([]);
    await scene.clean(atHub);

    await scene.run.fresh();
    const share = await scene.run.begin({
      name: "graceful-loss",
      target: { scope: "share", percent: 100, seed: 7 },
    });
    await scene.reconnect([...ALL, "stateful"]);
    await scene.clean(share);
  });

  it("rejects invalid commands with a clear reason, and changes nothing", async () => {
    const count = (await scene.run.events()).filter(({ kind }) => kind === "fault").length;
    const nonsense: [object, RegExp][] = [
      [{ name: "set-on-fire" }, /unknown fault/i],
      [{ name: "offline", duration: -1 }, /duration/],
      [{ name: "offline", duration: Number.NaN }, /duration/],
      [{ name: "suspend", duration: 1e12 }, /duration/],
      [{ name: "latency", direction: "up", delay: 1, duration: 10 }, /direction/],
      [{ name: "close-code", code: 5_000 }, /code/],
      [{ name: "abrupt-loss", target: { scope: "connection", socket: 999 } }, /closed/],
      [{ name: "abrupt-loss", target: { scope: "hub", url: "http://other.test/hub" } }, /No connection/],
      [{ name: "offline", duration: 100, target: { scope: "connection", socket: 1 } }, /page/],
      [{ name: "abrupt-loss", target: { scope: "share", percent: 0, seed: 1 } }, /percent/],
    ];
    for (const [fault, error] of nonsense) {
      const answer = await scene.run.inject(fault);
      expect(answer).toMatchObject({ ok: false, error: expect.stringMatching(error) as string });
    }
    expect((await scene.run.events()).filter(({ kind }) => kind === "fault")).toHaveLength(count);
    for (const name of ALL) expect(await scene.run.told(name)).toEqual([]);
    expect(await globals(scene.run.page)).toBe(scene.before);
  });
}
