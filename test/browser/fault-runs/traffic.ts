/** What goes through connections is slowed, dropped, doubled. */
import { expect, it } from "vitest";
import { ALL, NAMES, TIMED_OUT, type Scene } from "./scene.ts";

export function describeTraffic(scene: Scene): void {
  it("slow-negotiate and slow-handshake: a start takes longer", async () => {
    for (const name of ["slow-negotiate", "slow-handshake"]) {
      const fault = await scene.drill.begin({ name, delay: 400, duration: 30_000 });
      for (const transport of Object.values(NAMES)) {
        const { said, took } = await scene.drill.start({ transport });
        expect(said).toBe("connected");
        expect(took).toBeGreaterThan(390);
      }
      await scene.drill.end(fault);
      await scene.clean(fault, "undone");
    }
  });

  it("latency: there and back, in order", async () => {
    const fault = await scene.drill.begin({
      name: "latency",
      direction: "both",
      delay: 200,
      jitter: 100,
      duration: 30_000,
    });
    for (const name of ALL) {
      const from = Date.now();
      expect(await scene.drill.invoke(name, "Echo", name)).toBe(name);
      expect(Date.now() - from).toBeGreaterThan(390);
      await scene.drill.invoke(name, "Flood", 10, 5);
      expect((await scene.drill.heard(name)).map((line) => line.slice(0, 8))).toEqual(
        Array.from({ length: 10 }, (_, i) => `flood [${i}`),
      );
    }
    await scene.drill.end(fault);
    await scene.clean(fault, "undone");
    for (const name of ALL) expect(await scene.drill.told(name)).toEqual([]);
  });

  it("bandwidth: a message has gone through when its bytes have", async () => {
    const fault = await scene.drill.begin({
      name: "bandwidth",
      direction: "in",
      bytesPerSecond: 4_000,
      duration: 30_000,
    });
    for (const name of ALL) {
      const from = Date.now();
      await scene.drill.invoke(name, "Flood", 3, 1_000);
      expect(Date.now() - from).toBeGreaterThan(700);
      expect(await scene.drill.heard(name)).toHaveLength(3);
    }
    await scene.drill.end(fault);
    await scene.clean(fault, "undone");
  });

  it("drop-messages: only those that are meant", async () => {
    const fault = await scene.drill.begin({
      name: "drop-messages",
      direction: "in",
      method: "flood",
      probability: 1,
      duration: 30_000,
    });
    for (const name of ALL) {
      await scene.drill.invoke(name, "Flood", 4, 5);
      expect(await scene.drill.invoke(name, "Echo", name)).toBe(name);
      expect(await scene.drill.heard(name)).toEqual([]);
    }
    await scene.drill.end(fault);
    await scene.clean(fault, "undone");
    const swallowed = (await scene.drill.events()).filter(
      (event) => event.kind === "message" && event.fault === fault,
    );
    expect(swallowed).toHaveLength(12);
    expect(swallowed.every((event) => event.kind === "message" && event.swallowed === true)).toBe(true);
  });

  it("drop-messages, out: an invocation that never arrives", async () => {
    const fault = await scene.drill.begin({
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
      await scene.drill.page.evaluate((client) => window.clients[client]!.send("Say", "b", "u", "t"), name);
    for (const name of ALL) expect(await scene.drill.invoke(name, "Echo", name)).toBe(name);
    expect(await said()).toBe(before);
    await scene.drill.end(fault);
    await scene.clean(fault, "undone");
  });

  it("duplicate-messages: twice, in place", async () => {
    const fault = await scene.drill.begin({
      name: "duplicate-messages",
      direction: "in",
      method: "flood",
      probability: 1,
      duration: 30_000,
    });
    for (const name of ALL) {
      await scene.drill.invoke(name, "Flood", 3, 5);
      expect((await scene.drill.heard(name)).map((line) => line.slice(7, 8))).toEqual([
        "0",
        "0",
        "1",
        "1",
        "2",
        "2",
      ]);
    }
    await scene.drill.end(fault);
    await scene.clean(fault, "undone");
  });

  it("drop-pings: a silent connection times out", async () => {
    const fault = await scene.drill.begin({ name: "drop-pings", direction: "in", duration: 30_000 });
    await scene.reconnect(["socket", "stream"], TIMED_OUT);
    await scene.drill.end(fault);
    await scene.clean(fault, "undone");
  });
}
