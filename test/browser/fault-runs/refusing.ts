/** Faults that reject new connections. */
import { expect, it } from "vitest";
import { until } from "../../harness/browser/index.ts";
import { ALL, NAMES, type Scene } from "./scene.ts";

export function describeRefusing(scene: Scene): void {
  it("offline: connections are lost and refused, and reconnect at its end", async () => {
    const fault = await scene.run.begin({ name: "offline", duration: 700 });
    expect(await scene.run.page.evaluate(() => navigator.onLine)).toBe(false);
    await scene.reconnect([...ALL, "stateful"]);
    expect(await scene.run.page.evaluate(() => navigator.onLine)).toBe(true);
    await scene.clean(fault);
  });

  it("refuse-connects: open connections stay, new ones are refused", async () => {
    const fault = await scene.run.begin({ name: "refuse-connects", duration: 1_500 });
    for (const name of ALL) expect(await scene.run.invoke(name, "Echo", name)).toBe(name);
    expect((await scene.run.start()).said).toMatch(/Failed to complete negotiation/);
    for (const transport of Object.values(NAMES))
      expect((await scene.run.start({ transport })).said).not.toBe("connected");
    await scene.clean(fault);
    expect((await scene.run.start()).said).toBe("connected");
  });

  it("block-websockets, block-event-streams: the client falls back", async () => {
    const sockets = await scene.run.begin({ name: "block-websockets", duration: 30_000 });
    expect((await scene.run.start()).said).toBe("connected");
    const streams = await scene.run.begin({ name: "block-event-streams", duration: 30_000 });
    expect((await scene.run.start()).said).toBe("connected");
    const refused = async (): Promise<unknown[]> =>
      (await scene.run.events()).flatMap((event) =>
        event.kind === "socket-closed" && [sockets, streams].includes(event.fault ?? 0) ? [event.fault] : [],
      );
    await until("every refusal to be recorded", async () => (await refused()).length >= 3);
    expect(await refused()).toEqual([sockets, sockets, streams]);
    const opened = async (): Promise<string[]> =>
      (await scene.run.events()).flatMap((event) => (event.kind === "socket" ? [event.transport] : []));
    // The third transport opens after the other two have been refused.
    await until("the last transport to be recorded", async () => (await opened()).at(-1) === "LongPolling");
    expect((await opened()).slice(-5)).toEqual([
      "WebSockets",
      "ServerSentEvents",
      "WebSockets",
      "ServerSentEvents",
      "LongPolling",
    ]);
    await scene.run.end(sockets);
    await scene.run.end(streams);
    await scene.clean(streams, "undone");
  });

  it.each([401, 403, 404, 500, 503])(
    "negotiate-status %d: start() fails with this status",
    async (status) => {
      const fault = await scene.run.begin({ name: "negotiate-status", status, times: 1, duration: 30_000 });
      expect((await scene.run.start()).said).toContain(`Status code '${status}'`);
      await scene.clean(fault);
      expect((await scene.run.start()).said).toBe("connected");
    },
  );

  it("negotiate-status 429: the Retry-After header is recorded", async () => {
    const fault = await scene.run.begin({
      name: "negotiate-status",
      status: 429,
      retryAfter: 7,
      times: 2,
      duration: 30_000,
    });
    for (let i = 0; i < 2; i++) expect((await scene.run.start()).said).toContain("Status code '429'");
    await scene.clean(fault);
    const answers = (await scene.run.events()).filter(
      (event) => event.kind === "negotiate-ended" && event.fault === fault,
    );
    expect(answers).toMatchObject([
      { status: 429, statusText: "Too Many Requests", retryAfter: "7" },
      { status: 429, statusText: "Too Many Requests", retryAfter: "7" },
    ]);
  });

  it("refuse-token: new connections are refused, and so is every request of open ones", async () => {
    await scene.run.invoke("polling", "JoinBoard", "refused");
    const fault = await scene.run.begin({ name: "refuse-token", duration: 1_200 });
    expect((await scene.run.start()).said).toContain("Status code '401'");
    // The waiting poll delivers this message, and the next poll is refused.
    await scene.run.invoke("socket", "Say", "refused", "somebody", "wake up");
    await scene.run.untilTold("polling", "reconnecting");
    expect((await scene.run.told("polling"))[0]).toContain("401");
    await scene.reconnect(["polling"]);
    await scene.clean(fault);
  });
}
