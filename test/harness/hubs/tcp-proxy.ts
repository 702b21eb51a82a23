/** A TCP proxy that simulates the network between client and server: it can cut, silence, slow down or block connections. */
import { createServer, connect, type AddressInfo, type Socket } from "node:net";

import { once } from "node:events";

/** The direction of data, as seen by the client. */
type Direction = "in" | "out";

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** Directions in which everything is swallowed, even the end of the connection. */
  readonly silent: Record<Direction, boolean>;
  readonly late: Record<Direction, Late>;
  /** When the pair began to carry a WebSocket or an event stream; 0 while it carries only ordinary requests. */
  since: number;
  /** How long data from the server is delayed after the upgrade, in milliseconds. */
  holds: number;
  /** Data from the server that waits until there is more. null: not gathered. */
  gathered: Buffer[] | null;
  /** Restarts the idle timer. */
  used(): void;
}

/** Delayed data of one direction: when the line is free again, and how many pieces are waiting. */
interface Late {
  freeAt: number;
  waiting: number;
}

export interface TcpProxy {
  /** The proxy's origin, for use instead of the target's origin. */
  readonly url: string;
  /** Swallows everything, even the end of either side, until `heal()`. */
  goSilent(): void;
  /** The same, but only for WebSockets and event streams that are open now, in one direction or both. */
  silenceOpen(direction: Direction | "both"): void;
  /** Lets WebSockets connect, but then swallows all their data, until `heal()`. */
  goSilentAfterUpgrade(): void;
  /** Delays the answer to each WebSocket upgrade by this time; 0 ends it. */
  holdUpgrade(milliseconds: number): void;
  /** Lets WebSockets connect, and then delays the server's data on them by this time; 0 ends it. */
  holdAfterUpgrade(milliseconds: number): void;
  /** Holds the server's data back on WebSockets that are open now, until this many bytes wait: as a buffering proxy. */
  gather(bytes: number): void;
  /** Cuts connections that were idle for this time; 0 ends it. */
  cutIdleAfter(milliseconds: number): void;
  /** Cuts WebSockets and event streams when they reach this age; 0 ends it. */
  cutOlderThan(milliseconds: number): void;
  /** Cuts a connection when its client sends more than this at once; 0 ends it. */
  cutAbove(bytes: number): void;
  /** Delays all data by this time in each direction; 0 ends it. */
  delay(milliseconds: number): void;
  /** Limits the bandwidth of each connection in each direction; 0 ends it. */
  throttle(bytesPerSecond: number): void;
  /** Cuts every connection. */
  cut(): void;
  /** Cuts the clients' side of every connection, without the server noticing. */
  cutClients(): void;
  /** Refuses new connections until `accept()`; open WebSockets and event streams stay. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  /** Returns to normal. Connections that were silent are cut. */
  heal(): void;
  stop(): Promise<void>;
}

export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<Pair>();
  let silent = false;
  let upgradesOnly = false;
  let hold = 0;
  let upgradeHold = 0;
  let enough = 0;
  let idle = 0;
  let lifetime = 0;
  let limit = 0;
  let delay = 0;
  let rate = 0;

  const cut = ({ client, server }: Pair): void => {
    client.destroy();
    server.destroy();
  };
  const age = (pair: Pair): void => {
    if (lifetime > 0 && pair.since > 0)
      setTimeout(() => lifetime > 0 && cut(pair), pair.since + lifetime - Date.now());
  };
  /** How long a piece of data must wait. Pieces never overtake each other. */
  const wait = (pair: Pair, way: Direction, bytes: number): number => {
    const late = pair.late[way];
    const t = Date.now();
    const slow = rate > 0 ? (bytes / rate) * 1_000 : 0;
    late.freeAt = Math.max(late.freeAt, t) + slow;
    return Math.max(0, late.freeAt - t) + delay + (way === "in" ? pair.holds : 0);
  };
  /** What now passes on of the server's data. null: it all waits for more. */
  const gathered = (pair: Pair, data: Buffer): Buffer | null => {
    if (!pair.gathered) return data;
    pair.gathered.push(data);
    const all = Buffer.concat(pair.gathered);
    if (all.length < enough) return null;
    pair.gathered = [];
    return all;
  };
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname);
    let timer: NodeJS.Timeout | undefined;
    const used = (): void => {
      clearTimeout(timer);
      if (idle > 0) timer = setTimeout(() => cut(pair), idle);
    };
    const late = { in: { freeAt: 0, waiting: 0 }, out: { freeAt: 0, waiting: 0 } };
    const pair: Pair = {
      client,
      server,
      silent: { in: false, out: false },
      late,
      since: 0,
      holds: 0,
      gathered: null,
      used,
    };
    pairs.add(pair);
    const carries = (): void => {
      if (pair.since > 0) return;
      pair.since = Date.now();
      age(pair);
    };
    const forward = (from: Socket, to: Socket, way: Direction): void => {
      const line = pair.late[way];
      from.on("data", (received: Buffer) => {
        if (silent || pair.silent[way]) return;
        const data = from === server ? gathered(pair, received) : received;
        if (!data) return;
        const upgraded = from === server && data.includes("101 Switching Protocols");
        if (upgraded || (from === server && data.includes("text/event-stream"))) carries();
        if (limit > 0 && from === client && data.length > limit) return cut(pair);
        used();
        const by = wait(pair, way, data.length) + (upgraded ? upgradeHold : 0);
        if (by > 0 || line.waiting > 0) {
          line.waiting++;
          setTimeout(() => {
            line.waiting--;
            if (!silent && !pair.silent[way]) to.write(data);
            // What is still held back when the proxy stops keeps no process alive.
          }, by).unref();
        } else to.write(data);
        if (upgraded && upgradesOnly) pair.silent.in = pair.silent.out = true;
        if (upgraded) pair.holds = hold;
      });
      from.on("error", () => undefined);
      from.on("close", () => {
        clearTimeout(timer);
        if (!silent && !pair.silent[way]) to.destroy();
        if (to.destroyed) pairs.delete(pair);
      });
    };
    forward(client, server, "out");
    forward(server, client, "in");
  });
  const listen = async (at: number): Promise<void> => {
    proxy.listen(at, "127.0.0.1");
    await once(proxy, "listening");
  };
  await listen(0);
  const own = (proxy.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${own}`,
    goSilent: () => void (silent = true),
    silenceOpen(direction) {
      for (const pair of pairs) {
        if (pair.since === 0) continue;
        if (direction !== "out") pair.silent.in = true;
        if (direction !== "in") pair.silent.out = true;
      }
    },
    goSilentAfterUpgrade: () => void (upgradesOnly = true),
    holdUpgrade: (milliseconds) => void (upgradeHold = milliseconds),
    holdAfterUpgrade: (milliseconds) => void (hold = milliseconds),
    gather(bytes) {
      enough = bytes;
      for (const pair of pairs) if (pair.since > 0) pair.gathered ??= [];
    },
    cutIdleAfter(milliseconds) {
      idle = milliseconds;
      for (const pair of pairs) pair.used();
    },
    cutOlderThan(milliseconds) {
      lifetime = milliseconds;
      pairs.forEach(age);
    },
    cutAbove: (bytes) => void (limit = bytes),
    delay: (milliseconds) => void (delay = milliseconds),
    throttle: (bytesPerSecond) => void (rate = bytesPerSecond),
    cut: () => pairs.forEach(cut),
    cutClients() {
      for (const pair of pairs) {
        pair.silent.in = pair.silent.out = true;
        pair.client.destroy();
      }
    },
    async refuse() {
      // Don't wait for the `close` event: it comes only after the last connection has ended.
      proxy.close();
      for (const pair of pairs) if (pair.since === 0) cut(pair);
      await new Promise(setImmediate);
    },
    accept: () => listen(own),
    heal() {
      for (const pair of pairs) if (silent || pair.silent.in || pair.silent.out) cut(pair);
      silent = false;
      upgradesOnly = false;
      hold = upgradeHold = idle = lifetime = limit = delay = rate = 0;
    },
    async stop() {
      pairs.forEach(cut);
      if (!proxy.listening) return;
      proxy.close();
      await once(proxy, "close");
    },
  };
}
