/** The page that is measured: one hub connection with the real client, and nothing else. Bundled and served by `hook.ts`. */
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

declare global {
  interface Window {
    bench: {
      connect(url: string): Promise<void>;
      /** Time from the call until the last of `count` messages was handled, in milliseconds. */
      flood(count: number, size: number): Promise<number>;
      /** The duration of each of `count` calls, one after the other, in milliseconds. */
      echo(count: number): Promise<number[]>;
      burn(ms: number): void;
    };
  }
}

let connection: ReturnType<HubConnectionBuilder["build"]>;
let received = 0;
let waiting: { count: number; done: () => void } | undefined;

window.bench = {
  async connect(url) {
    connection = new HubConnectionBuilder().withUrl(url).configureLogging(LogLevel.None).build();
    connection.on("flood", () => {
      if (++received === waiting?.count) waiting.done();
    });
    await connection.start();
  },
  async flood(count, size) {
    received = 0;
    const from = performance.now();
    const all = new Promise<void>((done) => (waiting = { count, done }));
    await connection.send("Flood", count, size);
    await all;
    return performance.now() - from;
  },
  async echo(count) {
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const from = performance.now();
      await connection.invoke("Echo", i);
      times.push(performance.now() - from);
    }
    return times;
  },
  burn(ms) {
    for (const end = performance.now() + ms; performance.now() < end;);
  },
};
