/** Plants forty secrets in everything that app and server can send: none may be stored, with any protocol and recording mode. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { maskedBase64 } from "../../extension/core/redaction/mask-binary.ts";
import type { ClientSettings } from "../harness/clients/page.ts";
import { serveClients, type ServedClients } from "../harness/clients/serve.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { PLANTED, foundIn } from "../harness/planted-secrets.ts";
import { until, type Target, type TestPage } from "../harness/browser/index.ts";
import { turnPayloadsOn } from "../harness/payloads.ts";
import { describeBrowsers, describeRealHub } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

const PROTOCOLS = ["json", "messagepack"] as const;

/** Everything that is stored, with the bytes of binary payloads as text. */
async function storedText(reader: Target): Promise<string> {
  const stored = await readStore(reader);
  const bytes = stored.flatMap(({ events }) =>
    events.flatMap((event) =>
      event.kind === "message" && event.binary !== undefined
        ? [Buffer.from(event.binary, "base64").toString("latin1")]
        : [],
    ),
  );
  return [JSON.stringify(stored), ...bytes].join("\n");
}

/** Collects the page's console output in the page, as a script of the page could. */
async function listenToConsole(page: TestPage): Promise<void> {
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = `{
      const received = document.createElement("template");
      received.id = "received";
      document.head.append(received);
      for (const level of ["log", "info", "warn", "error", "debug", "trace", "table", "dir", "group"])
        console[level] = (...said) => void (received.textContent += said.map(String).join(" "));
      console.info("listening");
    }`;
    document.head.append(script);
  });
}

/** Sends every secret to the hub: as a method name, as an argument, and as an error. */
async function sayAll(page: TestPage, hub: RunningHub, protocol: (typeof PROTOCOLS)[number]): Promise<void> {
  const settings: ClientSettings = { hub: `${hub.url}/hubs/board`, transport: "WebSockets", protocol };
  await page.evaluate(
    async (name, settings, texts) => {
      const connected = await window.connect(name, settings);
      if (connected !== "connected") throw new Error(connected);
      const client = window.clients[name]!;
      for (const text of texts) {
        await client.invoke(text).catch(() => undefined);
        await client.invoke("Echo", text);
        await client.invoke("Fail", text).catch(() => undefined);
      }
      await client.invoke("Echo", `the last of ${name}`);
      await client.stop();
    },
    protocol,
    settings,
    PLANTED.map(({ text }) => text),
  );
}

describeBrowsers("secrets", (stage) => {
  let clients: ServedClients | undefined;
  beforeAll(async () => {
    clients = await serveClients();
  });
  afterAll(() => clients?.stop());

  describeRealHub((hub) => {
    it("are in no recording, with or without payloads, and not in the page's console", async () => {
      const secrets = new URLSearchParams(PLANTED.map(({ secret }, i) => [`p${i}`, secret]));
      const page = await stage.browser.newPage(`${clients!.url("10")}&${secrets.toString()}`);
      const reader = await stage.browser.extensionPage("popup.html");
      await listenToConsole(page);
      for (const protocol of PROTOCOLS) await sayAll(page, hub(), protocol);
      await until("both connections to be stored as stopped", async () => {
        const events = (await readStore(reader)).flatMap((one) => one.events);
        return events.filter(({ kind }) => kind === "socket-closed").length === 2;
      });
      const without = await storedText(reader);
      expect(foundIn(without)).toEqual([]);
      expect(without).not.toMatch(/"payload":|"binary":/);

      await turnPayloadsOn(page, () => page.openPanel());
      for (const protocol of PROTOCOLS) await sayAll(page, hub(), protocol);
      const withThem = await until("both to be stored with payloads", async () => {
        const text = await storedText(reader);
        return PROTOCOLS.every((protocol) => text.includes(`the last of ${protocol}`)) && text;
      });
      expect(foundIn(withThem)).toEqual([]);
      for (const { events } of await readStore(reader))
        for (const event of events)
          if (event.kind === "message" && event.binary !== undefined)
            expect(maskedBase64(event.binary)).toBe(event.binary);
      const console = await page.evaluate(() => document.querySelector("#received")?.textContent ?? "");
      expect(console).toContain("listening");
      expect(foundIn(console)).toEqual([]);
      await reader.close();
      await page.close();
    });

    it("include the connection ids of negotiate version 0: a hash is stored instead of each", async () => {
      const page = await stage.browser.newPage(`${clients!.url("1.1")}&version0=1`);
      const reader = await stage.browser.extensionPage("popup.html");
      const id = await page.evaluate(
        async (settings) => {
          await window.connect("old", settings);
          const found = (await window.clients["old"]!.invoke("WhoAmI")) as string;
          await window.clients["old"]!.stop();
          return found;
        },
        {
          hub: `${hub().url}/hubs/board`,
          transport: "WebSockets",
          protocol: "json",
        } satisfies ClientSettings,
      );
      const events = await until("its end to be stored", async () => {
        const stored = (await readStore(reader)).find(({ page: { url } }) => url.includes("version0"));
        return stored?.events.some(({ kind }) => kind === "socket-closed") && stored.events;
      });
      expect(id.length).toBeGreaterThan(15);
      expect(JSON.stringify(events)).not.toContain(id);
      expect(events.find(({ kind }) => kind === "negotiate-ended")).toMatchObject({
        negotiateVersion: 0,
        connectionId: expect.stringMatching(/^#[0-9a-f]{8}$/) as string,
      });
      await reader.close();
      await page.close();
    });
  });
});
