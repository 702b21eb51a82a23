/** The page of the soak: hub connections with the real client, and nothing else. Bundled and served by `serve.ts`. */
import { HttpTransportType, HubConnectionBuilder, LogLevel, type HubConnection } from "@microsoft/signalr";
import type {} from "./page-api.ts";

/** Connections that are opened at the same time. */
const AT_ONCE = 20;

let connections: HubConnection[] = [];
let received = 0;

function create(): HubConnection {
  const connection = new HubConnectionBuilder()
    .withUrl("/hub", { transport: HttpTransportType.WebSockets })
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: () => 0 })
    .configureLogging(LogLevel.None)
    .build();
  connection.on("Tick", () => {
    received++;
  });
  return connection;
}

window.soak = {
  async start(count, perSecond) {
    connections = Array.from({ length: count }, create);
    for (let i = 0; i < count; i += AT_ONCE)
      await Promise.all(connections.slice(i, i + AT_ONCE).map((one) => one.start()));
    if (perSecond > 0) await Promise.all(connections.map((one) => one.invoke("Feed", perSecond / count)));
  },
  received: () => received,
  async reconnect(times) {
    const [connection] = connections;
    if (!connection) throw new Error("There is no connection.");
    let connectedAgain = (): void => undefined;
    connection.onreconnected(() => {
      connectedAgain();
    });
    for (let i = 0; i < times; i++) {
      const again = new Promise<void>((resolve) => (connectedAgain = resolve));
      await connection.send("Cut");
      await again;
    }
  },
  async stop() {
    const sent = await Promise.all(connections.map((one) => one.invoke<number>("Stop")));
    const all = sent.reduce((sum, count) => sum + count, 0);
    if (all !== received) throw new Error(`${received} of ${all} messages arrived`);
  },
};
