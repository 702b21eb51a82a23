/** Apps that don't follow the advice, each in one point. */
import { HubConnectionState } from "@microsoft/signalr";
import { build, sleep, startUntilConnected, type AppSettings } from "./kit.ts";

/** Starts its connection once, and does nothing of its own. */
export const plain = (name: string, settings: AppSettings): Promise<string> => build(name, settings).start();

/** Watches its connection with a timer, and starts another one when it isn't connected, although the client reconnects by itself. */
export async function watched(name: string, settings: AppSettings): Promise<string> {
  let app = build(name, settings);
  const told = await startUntilConnected(app);
  let made = 1;
  setInterval(() => {
    if (app.hub.state === HubConnectionState.Connected || made > 3) return;
    app = build(`${name} ${++made}`, settings);
    void app.start();
  }, 400);
  return told;
}

/** Loads everything again at each reconnect: many calls, and many bytes. */
export async function heavy(name: string, settings: AppSettings): Promise<string> {
  const app = build(name, settings);
  const { hub, done } = app;
  hub.on("flood", () => undefined);
  const load = async (): Promise<void> => {
    await hub.invoke("JoinBoard", "main");
    for (let n = 0; n < 21; n++) {
      await hub.invoke("Echo", { item: n, text: "x".repeat(5_000) });
      await sleep(170);
    }
    await hub.invoke("Flood", 6, 90_000);
    done("loaded");
  };
  hub.onreconnected(() => void load());
  const told = await startUntilConnected(app);
  await load();
  return told;
}

/** Asks the hub again and again, in place of being told. */
export async function poller(name: string, settings: AppSettings): Promise<string> {
  const app = build(name, settings);
  const told = await startUntilConnected(app);
  let asked = 0;
  const timer = setInterval(() => {
    void app.hub.invoke("Echo", { orders: "new" }).then(() => {
      if (++asked === 16) app.done("asked");
    });
    if (asked > 20) clearInterval(timer);
  }, 300);
  return told;
}

/** Reports every 200 ms that it is there, connected or not, and never looks whether that worked. */
export async function heartbeat(name: string, settings: AppSettings): Promise<string> {
  const app = build(name, settings);
  const told = await startUntilConnected(app);
  setInterval(() => void app.hub.send("Echo", "here"), 200);
  return told;
}

/** Joins its group at the first start only. */
export async function joinsOnce(name: string, settings: AppSettings): Promise<string> {
  const app = build(name, settings);
  app.hub.on("messageReceived", () => undefined);
  const told = await startUntilConnected(app);
  await app.hub.invoke("JoinBoard", "main");
  return told;
}

/** Joins again, and registers its handler again, too: each message is then handled twice. */
export async function handlesTwice(name: string, settings: AppSettings): Promise<string> {
  const app = build(name, settings);
  const setUp = async (): Promise<void> => {
    app.hub.on("messageReceived", (_user: string, text: string) => void (document.title = text));
    await app.hub.invoke("JoinBoard", "main");
    app.done("joined");
  };
  app.hub.onreconnected(() => void setUp());
  const told = await startUntilConnected(app);
  await setUp();
  return told;
}

/** Opens a connection for each of its parts. */
export async function connectionPerPart(name: string, settings: AppSettings): Promise<string> {
  for (const part of ["list", "details", "footer"])
    await startUntilConnected(build(`${name} ${part}`, settings));
  const app = build(name, settings);
  return startUntilConnected(app);
}

/** Tries again by itself, with the same pause each time, and gives up after a few tries. */
export async function ownLoop(name: string, settings: AppSettings): Promise<string> {
  const app = build(name, settings);
  const again = async (): Promise<void> => {
    for (let tries = 0; tries < 3; tries++) {
      await sleep(500);
      if ((await app.start()) === "connected") return;
    }
    app.done("given up");
  };
  app.hub.onclose(() => void again());
  return app.start();
}
