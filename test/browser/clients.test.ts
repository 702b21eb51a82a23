/**
 * Every client version over every transport and protocol, in a real browser against both hubs: the recording is compared with
 * the app's callbacks and the server's log.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { HubMessage, RecordedEvent } from "../../extension/core/events/events.ts";
import { MESSAGE_TYPES } from "../../extension/core/protocol/terms.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { HubConnectionModel } from "../../extension/core/model/types.ts";
import { tokenHash } from "../../extension/core/redaction/token-hash.ts";
import type { ClientSettings } from "../harness/clients/page.ts";
import {
  CLIENT_VERSIONS,
  serveClients,
  type ClientVersion,
  type ServedClients,
} from "../harness/clients/serve.ts";
import type { LogEntry, RunningHub } from "../harness/hubs/running-hub.ts";
import { until, type TestPage } from "../harness/browser/index.ts";
import { describeBrowsers, describeHubs } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

type Way = Required<Pick<ClientSettings, "transport" | "protocol">>;
const WAYS: readonly Way[] = [
  { transport: "WebSockets", protocol: "json" },
  { transport: "WebSockets", protocol: "messagepack" },
  { transport: "ServerSentEvents", protocol: "json" },
  { transport: "LongPolling", protocol: "json" },
  { transport: "LongPolling", protocol: "messagepack" },
];
const PACKINGS = ["bundled", "minified", "script", "script-minified"] as const;
/** These versions send no header with their version. */
const SAYS_NOTHING: readonly ClientVersion[] = ["1.1", "3.1"];
const nameOf = ({ transport, protocol }: Way): string => `${transport} ${protocol}`;

describeBrowsers("client versions", (stage) => {
  let clients: ServedClients | undefined;
  beforeAll(async () => {
    clients = await serveClients();
  });
  afterAll(() => clients?.stop());
  // In Firefox only the versions that differ most: one without probe, one with XHR, the oldest with fetch, and the newest.
  const versions: readonly ClientVersion[] =
    stage.name === "firefox" ? ["1.1", "3.1", "5", "10"] : CLIENT_VERSIONS;

  describeHubs((hub) => {
    it.each(versions)("records client %s over every transport and protocol", async (version) => {
      const packing = PACKINGS[CLIENT_VERSIONS.indexOf(version) % PACKINGS.length];
      const marker = `mark${Math.random().toString(36).slice(2)}`;
      const page = await stage.browser.newPage(`${clients!.url(version, packing)}&${marker}=1`);
      const ids = await useAll(page, hub());
      const reader = await stage.browser.extensionPage("popup.html");
      const hubs = await until("every stop to be recorded", async () => {
        const stored = (await readStore(reader)).find(({ page: { url } }) => url.includes(marker));
        const found = stored && hubsOf(stored.events);
        return found?.length === WAYS.length && found.every(isStopped) && found;
      });
      const log = await hub().log();
      for (const [i, way] of WAYS.entries()) {
        const id = ids[i] ?? "";
        // In negotiate version 0 the connection id is the token, so a hash is recorded instead.
        const recordedId = version === "1.1" ? tokenHash(id) : id;
        const model = hubs.find(({ transports }) => transports.at(-1)?.connectionId === recordedId);
        expect.soft(model, `${nameOf(way)} as ${id}`).toMatchObject({
          transport: way.transport,
          protocol: way.protocol,
          interruptions: [],
          failedStarts: [],
        });
        if (!model) continue;
        if (!SAYS_NOTHING.includes(version)) expect.soft(model.clientVersion).toMatch(`${version}.`);
        expect
          .soft(recorded(model, "in"), `${nameOf(way)}, from the server`)
          .toEqual(logged(log, id, "sent"));
        expect
          .soft(recorded(model, "out"), `${nameOf(way)}, to the server`)
          .toEqual(logged(log, id, "received"));
        expect.soft(model.calls.map(({ target, fate }) => [target, fate])).toEqual([
          ["Echo", "completed"],
          ["Fail", "failed"],
          ["Counter", "completed"],
          ["WhoAmI", "completed"],
        ]);
      }
      await reader.close();
      await page.close();
    });
  });
});

/**
 * Connects over every transport and protocol at once, makes the same calls on each connection, and stops. @returns the
 * connection ids
 */
async function useAll(page: TestPage, hub: RunningHub): Promise<string[]> {
  const ways = WAYS.map((way) => ({
    name: nameOf(way),
    settings: { ...way, hub: `${hub.url}/hubs/board` } satisfies ClientSettings,
  }));
  return page.evaluate(
    (all) =>
      Promise.all(
        all.map(async ({ name, settings }) => {
          const connected = await window.connect(name, settings);
          if (connected !== "connected") throw new Error(`${name}: ${connected}`);
          const client = window.clients[name]!;
          await client.invoke("Echo", name);
          await client.invoke("Fail", "no").catch(() => undefined);
          await client.stream("Counter", 3, 1);
          const id = (await client.invoke("WhoAmI")) as string;
          await client.stop();
          return id;
        }),
      ),
    ways,
  );
}

function hubsOf(events: readonly RecordedEvent[]): readonly HubConnectionModel[] {
  const reducer = createReducer();
  reducer.apply("page", events);
  return reducer.model.hubs;
}

const isStopped = ({ states }: HubConnectionModel): boolean =>
  ["stopped", "disconnected"].includes(states.at(-1)?.state ?? "");

/** Message types to compare. Pings and Close are left out, as their times vary. */
const COUNTED = new Set(["Invocation", "StreamItem", "Completion", "StreamInvocation"]);

const recorded = (hub: HubConnectionModel, direction: HubMessage["direction"]): string[] =>
  [...hub.messages].flatMap(({ message }) => {
    const type = message.type === 0 ? "not decoded" : MESSAGE_TYPES[message.type];
    return message.direction === direction && (COUNTED.has(type) || type === "not decoded")
      ? [[type, message.target ?? "", message.invocationId ?? ""].join(" ")]
      : [];
  });

const logged = (log: readonly LogEntry[], connectionId: string, event: "received" | "sent"): string[] =>
  log.flatMap((entry) =>
    entry.connectionId === connectionId && entry.event === event && COUNTED.has(entry.type ?? "")
      ? [[entry.type, entry.target ?? "", entry.invocationId ?? ""].join(" ")]
      : [],
  );
