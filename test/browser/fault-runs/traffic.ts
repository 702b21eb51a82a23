/** Faults that delay, drop or duplicate messages. */
import { expect, it } from "vitest";
import { ALL, NAMES, TIMED_OUT, type Scene } from "./scene.ts";

export function describeTraffic(scene: Scene): void {
  it("slow-negotiate and slow-handshake: a start takes longer", async () => {
    for (const name of ["slow-negotiate", "slow-handshake"]) {
      const fault = await scene.run.begin({ name, delay: 400, duration: 30_000 });
      for (const transport of Object.values(NAMES)) {
        const { said, took } = await scene.run.start({ transport });
        expect(said).toBe("connected");
        expect(took).toBeGreaterThan(390);
      }
      await scene.run.end(fault);
      await scene.clean(fault, "undone");
    }
  });

  it("latency: messages are late in both directions, and stay in order", async () => {
    const fault = await scene.run.begin({
      name: "latency",
      direction: "both",
      delay: 200,
      jitter: 100,
      duration: 30_000,
    });
    for (const name of ALL) {
      const from = Date.now();
      expect(await scene.run.invoke(name, "Echo", name)).toBe(name);
      expect(Date.now() - from).toBeGreaterThan(390);
      await scene.run.invoke(name, "Flood", 10, 5);
      expect((await scene.run.received(name)).map((line) => line.slice(0, 8))).toEqual(
        Array.from({ length: 10 }, (_, i) => `flood [${i}`),
      );
    }
    await scene.run.end(fault);
    await scene.clean(fault, "undone");
    for (const name of ALL) expect(await scene.run.told(name)).toEqual([]);
  });

  it("bandwidth: a message arrives when all its bytes have passed", async () => {
    const fault = await scene.run.begin({
      name: "bandwidth",
      direction: "in",
      bytesPerSecond: 4_000,
      duration: 30_000,
    });
    for (const name of ALL) {
      const from = Date.now();
      await scene.run.invoke(name, "Flood", 3, 1_000);
      expect(Date.now() - from).toBeGreaterThan(700);
      expect(await scene.run.received(name)).toHaveLength(3);
    }
    await scene.run.end(fault);
    await scene.clean(fault, "undone");
  });

  it("drop-messages: only the chosen messages are lost", async () => {
    const fault = await scene.run.begin({
      name: "drop-messages",
      direction: "in",
      method: "flood",
      probability: 1,
      duration: 30_000,
    });
    for (const name of ALL) {
      await scene.run.invoke(name, "Flood", 4, 5);
      expect(await scene.run.invoke(name, "Echo", name)).toBe(name);
      expect(await scene.run.received(name)).toEqual([]);
    }
    await scene.run.end(fault);
    await scene.clean(fault, "undone");
    const swallowed = (await scene.run.events()).filter(
      (event) => event.kind === "message" && event.fault === fault,
    );
    expect(swallowed).toHaveLength(12);
    expect(swallowed.every((event) => event.kind === "message" && event.swallowed === true)).toBe(true);
  });

  it("drop-messages, out: an invocation that never arrives", async () => {
    const fault = await scene.run.begin({
      name: "drop-messages",
      direction: "out",
      method: "Say",
      probability: 1,
      duration: 30_000,
    });
    const said = async (): Promise<number> =>
      (await scene.hub().log()).filter(({ target }) => target === "Say").length;
    const before = await said();
    for (const name of ALL)
      await scene.run.page.evaluate((client) => window.clients[client]!.send("Say", "b", "u", "t"), name);
    for (const name of ALL) expect(await scene.run.invoke(name, "Echo", name)).toBe(name);
    expect(await said()).toBe(before);
    await scene.run.end(fault);
    await scene.clean(fault, "undone");
  });

  it("duplicate-messages: each message arrives twice, one right after the other", async () => {
    const fault = await scene.run.begin({
      name: "duplicate-messages",
      direction: "in",
      method: "flood",
      probability: 1,
      duration: 30_000,
    });
    for (const name of ALL) {
      await scene.run.invoke(name, "Flood", 3, 5);
      expect((await scene.run.received(name)).map((line) => line.slice(7, 8))).toEqual([
        "0",
        "0",
        "1",
        "1",
        "2",
        "2",
      ]);
    }
    await scene.run.end(fault);
    await scene.clean(fault, "undone");
  });

  it("drop-pings: a silent connection times out", async () => {
    const fault = await scene.run.begin({ name: "drop-pings", direction: "in", duration: 30_000 });
    await scene.reconnect(["socket", "stream"], TIMED_OUT);
    await scene.run.end(fault);
    await scene.clean(fault, "undone");
  });
}
