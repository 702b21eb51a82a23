/** A page with a real client on every transport, on which each fault is tested. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { FaultAnswer } from "../../../extension/messages/hook-relay.ts";
import type { ClientSettings, Told } from "../../harness/clients/page.ts";
import { command } from "../../transparency/harness/store.ts";
import { until, type TestPage } from "../../harness/browser/index.ts";
import type { Stage } from "../../harness/stage.ts";
import { readStore } from "../../harness/stored.ts";

export const NAMES = { socket: "WebSockets", stream: "ServerSentEvents", polling: "LongPolling" } as const;
export type ClientName = keyof typeof NAMES | "stateful";

/** Long enough that a slow computer causes no timeout, and short enough to wait for. */
const TIMEOUTS = { serverTimeout: 4_000, keepAlive: 3_000 } as const;
const HUB = "keepAlive=1000&clientTimeout=6000";

export class FaultRun {
  readonly #marks = new Map<string, number>();

  private constructor(
    readonly page: TestPage,
    readonly reader: TestPage,
    readonly hubUrl: string,
    readonly tabId: number,
    readonly pageId: string,
  ) {}

  static async open(stage: Stage, pageUrl: string, hubUrl: string): Promise<FaultRun> {
    // The marker is the name of a query parameter, because stored URLs contain only the names.
    const marker = `run${Math.random().toString(36).slice(2)}`;
    const page = await stage.browser.newPage(`${pageUrl}&${marker}=1`);
    const reader = await stage.browser.extensionPage("popup.html");
    await page.bringToFront();
    const url = `${hubUrl}/hubs/board?${HUB}`;
    for (const [name, transport] of Object.entries(NAMES))
      await connect(page, name, { hub: url, transport, ...TIMEOUTS, retries: SOON });
    const stateful = `${hubUrl}/hubs/stateful?${HUB}`;
    await connect(page, "stateful", { hub: stateful, stateful: true, ...TIMEOUTS, retries: SOON });
    const stored = await until("the page to be recorded", async () =>
      (await readStore(reader)).find(({ page: { url } }) => url.includes(marker)),
    );
    const { tabId, page: pageId } = stored.page;
    // Acts like a hidden panel: reports regularly that it is open.
    await reader.evaluate((id) => {
      const { runtime } = (globalThis as unknown as { chrome: { runtime: Runtime } }).chrome;
      interface Runtime {
        sendMessage(message: unknown): Promise<unknown>;
      }
      const say = (): void => {
        const hidden = document.visibilityState === "hidden";
        void runtime.sendMessage({ to: "background", type: "panel-open", panel: "test", tabId: id, hidden });
      };
      setInterval(say, 3_000);
      say();
    }, tabId);
    return new FaultRun(page, reader, hubUrl, tabId, pageId);
  }

  /** Waits until all clients are connected. After that, `told` and the like return only new callbacks. */
  async fresh(): Promise<void> {
    const names = [...Object.keys(NAMES), "stateful"];
    await this.page.waitFor(
      "every client to be connected",
      (all) => all.every((name) => window.clients[name]?.state() === "Connected"),
      names,
    );
    for (const name of names) this.#marks.set(name, (await this.#told(name)).length);
  }

  async inject(fault: object): Promise<FaultAnswer> {
    const target = { scope: "page" };
    return (await command(this.reader, {
      type: "inject",
      tabId: this.tabId,
      page: this.pageId,
      command: { target, ...fault },
    })) as FaultAnswer;
  }

  /** Injects a fault, and fails if it is rejected. @returns the fault's id */
  async begin(fault: object): Promise<number> {
    const answer = await this.inject(fault);
    if (!answer.ok) throw new Error(answer.error);
    return answer.fault;
  }

  async end(fault: number): Promise<void> {
    await command(this.reader, { type: "end-fault", tabId: this.tabId, page: this.pageId, fault });
  }

  /** Waits until the recording says that the fault has ended. @returns the reason */
  async over(fault: number): Promise<string> {
    return until(`fault ${fault} to be over`, async () =>
      (await this.events()).find((event) => event.kind === "fault-ended" && event.fault === fault),
    ).then((event) => (event as { reason: string }).reason);
  }

  async events(): Promise<readonly RecordedEvent[]> {
    const stored = (await readStore(this.reader)).find(({ page }) => page.page === this.pageId);
    return stored?.events ?? [];
  }

  /** The client's callbacks since `fresh()`. */
  async told(name: ClientName): Promise<string[]> {
    return (await this.#told(name))
      .slice(this.#marks.get(name))
      .filter(({ what }) => what !== "received")
      .map(({ what, detail }) => `${what} ${detail}`.trim());
  }

  async received(name: ClientName): Promise<string[]> {
    return (await this.#told(name))
      .slice(this.#marks.get(name))
      .filter(({ what }) => what === "received")
      .map(({ detail }) => detail);
  }

  /** The times of this callback since `fresh()`. */
  async times(name: ClientName, what: Told["what"]): Promise<number[]> {
    return (await this.#told(name))
      .slice(this.#marks.get(name))
      .filter((told) => told.what === what)
      .map(({ t }) => t);
  }

  /** Waits until this callback was called since `fresh()`. */
  async untilTold(name: ClientName, what: Told["what"]): Promise<void> {
    await this.page.waitFor(
      `${name} to be told "${what}"`,
      (client, from, wanted) =>
        window.clients[client]!.told.slice(from).some(({ what: told }) => told === wanted),
      name,
      this.#marks.get(name) ?? 0,
      what,
    );
  }

  invoke(name: ClientName, method: string, ...args: unknown[]): Promise<unknown> {
    return this.page.evaluate(
      (client, target, values) => window.clients[client]!.invoke(target, ...values),
      name,
      method,
      args,
    );
  }

  /** Starts and stops one more client while a fault is active. @returns "connected" or the error, and how long it took */
  async start(settings: Partial<ClientSettings> = {}): Promise<{ said: string; took: number; id: string }> {
    const given = { hub: `${this.hubUrl}/hubs/board`, ...settings };
    return this.page.evaluate(async (wanted) => {
      const from = performance.now();
      const said = await window.connect("extra", wanted);
      const took = performance.now() - from;
      const id = window.clients["extra"]!.connectionId() ?? "";
      await window.clients["extra"]!.stop();
      return { said, took, id };
    }, given);
  }

  #told(name: string): Promise<Told[]> {
    return this.page.evaluate((client) => [...window.clients[client]!.told], name);
  }
}

/** Retry delays: none before the first attempt, then short ones, enough for the longest run. */
const SOON = [0, ...new Array<number>(60).fill(150)];

async function connect(page: TestPage, name: string, settings: ClientSettings): Promise<void> {
  const said = await page.evaluate((client, given) => window.connect(client, given), name, settings);
  if (said !== "connected") throw new Error(`${name}: ${said}`);
}
