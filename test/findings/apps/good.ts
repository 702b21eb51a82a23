/** Apps that follow the advice. */
import { HubConnectionState } from "@microsoft/signalr";
import { build, jitter, sleep, startUntilConnected, type App, type AppSettings } from "./kit.ts";

/** Shows what others say on a board: joins its group at each new connection, and then asks for what it has missed. */
export async function board(name: string, settings: AppSettings): Promise<string> {
  const app = build(name, settings);
  const { hub, done } = app;
  let last = 0;
  hub.on("messageReceived", (_user: string, _text: string, at: number) => void (last = at));
  const join = async (): Promise<void> => {
    await hub.invoke("JoinBoard", "main");
    if (last > 0) await hub.invoke("Echo", { since: last });
    done("joined");
  };
  hub.onreconnected(() => void join());
  const told = await startUntilConnected(app);
  await join();
  return told;
}

/** Only listens. */
export async function idle(name: string, settings: AppSettings): Promise<string> {
  const app = build(name, settings);
  for (const target of ["messageReceived", "flood"]) app.hub.on(target, () => undefined);
  return startUntilConnected(app);
}

/** Shows prices: subscribes to a stream, and again at each new connection. */
export async function ticker(name: string, settings: AppSettings): Promise<string> {
  const app = build(name, settings);
  const { hub, done } = app;
  let shown = 0;
  const subscribe = (): void => {
    hub.stream("Ticks", "MSFT", 100).subscribe({
      next: () => {
        if (++shown % 10 === 0) done("shown");
      },
      complete: () => undefined,
      // The stream ends with its connection.
      error: () => undefined,
    });
  };
  hub.onreconnected(subscribe);
  const told = await startUntilConnected(app);
  subscribe();
  return told;
}

/** Sends what its user types; while it isn't connected, it keeps it for later. Ends after twelve messages. */
export async function chat(name: string, settings: AppSettings): Promise<string> {
  const app = build(name, settings);
  const { hub, done } = app;
  hub.on("messageReceived", () => undefined);
  const join = (): Promise<void> => hub.invoke("JoinBoard", "main");
  hub.onreconnected(() => void join());
  const told = await startUntilConnected(app);
  await join();
  const waiting: string[] = [];
  void (async () => {
    for (let n = 0; n < 12; n++) {
      waiting.push(`message ${n}`);
      await sleep(150 + Math.random() * 300);
      while (waiting.length > 0 && hub.state === HubConnectionState.Connected)
        await hub.invoke("Say", "main", name, waiting.shift());
    }
    done("typed");
  })();
  return told;
}

/** Uploads measurements as a stream, and downloads a list as another. */
export async function streams(name: string, settings: AppSettings): Promise<string> {
  const app = build(name, settings);
  const { hub, done } = app;
  const told = await startUntilConnected(app);
  hub.stream("Counter", 30, 20).subscribe({
    next: () => undefined,
    complete: () => done("downloaded"),
    error: () => undefined,
  });
  return told;
}

/** Gets many small messages at once, a few times. */
export async function flooded(name: string, settings: AppSettings): Promise<string> {
  const app = build(name, settings);
  const { hub, done } = app;
  hub.on("flood", () => undefined);
  const told = await startUntilConnected(app);
  for (let n = 0; n < 3; n++) {
    await hub.invoke("Flood", 150, 40);
    await sleep(400);
  }
  done("flooded");
  return told;
}

/** Answers what the server asks it. */
export async function answers(name: string, settings: AppSettings): Promise<string> {
  const app = build(name, settings);
  app.hub.on("answer", (question: unknown) => `answer to ${String(question)}`);
  const told = await startUntilConnected(app);
  await app.hub.invoke("AskClient", "Who are you?");
  app.done("answered");
  return told;
}

/** A board and a chat at the same time: one connection to each of the two hubs. */
export async function boardAndChat(name: string, settings: AppSettings): Promise<string> {
  const told = await board(name, settings);
  await idle(`${name} chat`, { ...settings, hub: settings.hub.replace("/board", "/chat") });
  return told;
}

/** Does what a person does in it: a call now and then, each after its answer. */
export async function form(name: string, settings: AppSettings): Promise<string> {
  const app = build(name, settings);
  const told = await startUntilConnected(app);
  for (const pause of [100, 700, 250]) {
    await app.hub.invoke("Add", 1, pause);
    await sleep(pause);
  }
  app.done("filled in");
  return told;
}

/**
 * A board that doesn't try while the browser is offline, and comes back as soon as it is online again or its tab is shown: with an own
 * loop, because the automatic reconnect can't be told to hurry.
 */
export async function awakeBoard(name: string, settings: AppSettings): Promise<string> {
  const app: App = build(name, settings, {
    nextRetryDelayInMilliseconds: ({ previousRetryCount }) =>
      navigator.onLine && previousRetryCount < 4 ? jitter(previousRetryCount) : null,
  });
  const { hub, done } = app;
  hub.on("messageReceived", () => undefined);
  const join = async (): Promise<void> => {
    await hub.invoke("JoinBoard", "main");
    done("joined");
  };
  const again = async (): Promise<void> => {
    for (let tries = 0; ; tries++) {
      if (!navigator.onLine)
        await new Promise((resolve) => addEventListener("online", resolve, { once: true }));
      if ((await app.start()) === "connected") break;
      await Promise.race([
        sleep(jitter(tries)),
        new Promise((resolve) => addEventListener("online", resolve, { once: true })),
      ]);
    }
    await join();
  };
  hub.onreconnected(() => void join());
  hub.onclose(() => void again());
  const told = await startUntilConnected(app);
  await join();
  return told;
}
