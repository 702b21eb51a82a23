import { expect, it, vi } from "vitest";
import type { TransportName } from "../harness/hubs/control-command.ts";
import { eventually } from "./eventually.ts";
import { describeHubs } from "./hubs-under-test.ts";

/** The part of the client's interface that all versions share. */
interface AnyConnection {
  start(): Promise<void>;
  stop(): Promise<void>;
  on(target: string, handler: (...args: unknown[]) => void): void;
  onclose(handler: () => void): void;
  invoke(target: string, ...args: unknown[]): Promise<unknown>;
}

interface AnyBuilder {
  withUrl(url: string, options: { transport: number; logger?: number }): AnyBuilder;
  withHubProtocol(protocol: object): AnyBuilder;
  configureLogging(level: number): AnyBuilder;
  build(): AnyConnection;
}

interface AnyClient {
  readonly HubConnectionBuilder: new () => AnyBuilder;
  readonly HttpTransportType: Readonly<Record<TransportName, number>>;
  readonly LogLevel: { readonly None: number };
}

interface AnyMessagePack {
  readonly MessagePackHubProtocol: new () => object;
}

interface Version {
  readonly version: string;
  readonly client: () => Promise<unknown>;
  readonly messagePack: () => Promise<unknown>;
}

const versions: readonly Version[] = [
  {
    version: "1.1",
    client: () => import("signalr-1.1"),
    messagePack: () => import("signalr-msgpack-1.1"),
  },
  {
    version: "3.1",
    client: () => import("signalr-3.1"),
    messagePack: () => import("signalr-msgpack-3.1"),
  },
  { version: "5", client: () => import("signalr-5"), messagePack: () => import("signalr-msgpack-5") },
  { version: "6", client: () => import("signalr-6"), messagePack: () => import("signalr-msgpack-6") },
  { version: "7", client: () => import("signalr-7"), messagePack: () => import("signalr-msgpack-7") },
  { version: "8", client: () => import("signalr-8"), messagePack: () => import("signalr-msgpack-8") },
  { version: "9", client: () => import("signalr-9"), messagePack: () => import("signalr-msgpack-9") },
  {
    version: "10",
    client: () => import("@microsoft/signalr"),
    messagePack: () => import("@microsoft/signalr-protocol-msgpack"),
  },
];

const carriers = [
  ["WebSockets", "json"],
  ["WebSockets", "messagepack"],
  ["ServerSentEvents", "json"],
  ["LongPolling", "json"],
  ["LongPolling", "messagepack"],
] as const;

// Version 5 finds Node's `fetch`, concludes that it runs in a browser, and uses `self`.
vi.stubGlobal("self", globalThis);

describeHubs("clients of every version", (hub) => {
  it.for(
    versions.flatMap((version) =>
      carriers.map(([transport, protocol]) => ({ ...version, transport, protocol })),
    ),
  )(
    "$version start, invoke, receive and stop over $transport with $protocol",
    async ({ client, messagePack, transport, protocol }) => {
      const { HubConnectionBuilder, HttpTransportType, LogLevel } = (await client()) as AnyClient;
      const builder = new HubConnectionBuilder()
        .configureLogging(LogLevel.None)
        .withUrl(hub.board(), { transport: HttpTransportType[transport] });
      if (protocol === "messagepack") {
        const { MessagePackHubProtocol } = (await messagePack()) as AnyMessagePack;
        builder.withHubProtocol(new MessagePackHubProtocol());
      }
      const connection = builder.build();
      const received: unknown[] = [];
      let closed = false;
      connection.on("messageReceived", (user, text) => void received.push(user, text));
      connection.onclose(() => (closed = true));
      await connection.start();
      expect(await connection.invoke("Add", 1, 2)).toBe(3);
      await connection.invoke("JoinBoard", "b");
      await connection.invoke("Say", "b", "Ada", "Hello");
      await eventually("the message", () => received[1]);
      expect(received).toEqual(["Ada", "Hello"]);
      await connection.stop();
      await eventually("the client to be closed", () => closed || undefined);
      await eventually("the server to see it", async () =>
        (await hub.log()).find(({ event }) => event === "disconnected"),
      );
      expect((await hub.log()).find(({ event }) => event === "handshake")?.detail).toBe(
        `{"protocol":"${protocol}","version":1}`,
      );
    },
  );
});
