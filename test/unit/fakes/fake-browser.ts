/**
 * A fake of the browser APIs that the background uses, instead of `webextension-polyfill`. Tests set what each frame's relay
 * answers and what panels do. A background that starts registers its listeners here.
 */
import type { FrameIdentity } from "../../../extension/messages/sentinel-wake.ts";

export interface Said {
  readonly tab: number;
  readonly frame: number | undefined;
  readonly message: { readonly type: string; readonly [field: string]: unknown };
}

/** The sender of a message, as reported by the browser. */
export interface Sender {
  readonly tab?: { readonly id: number };
  readonly frameId?: number;
  readonly url?: string;
  readonly documentLifecycle?: string;
}

export interface Tab {
  readonly id: number;
  readonly url?: string;
  readonly active?: boolean;
  readonly windowId?: number;
}

type OnMessage = (message: unknown, sender: Sender) => Promise<unknown> | undefined;
export interface Port {
  readonly name: string;
  readonly sender: Sender;
  readonly onDisconnect: { addListener(listener: () => void): void };
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
}
type OnConnect = (port: Port) => void;
type OnRequest = (details: object) => unknown;
type Relay = (message: Said["message"]) => Promise<unknown> | undefined;

interface Execution {
  readonly target: {
    readonly tabId: number;
    readonly frameIds?: readonly number[];
    readonly documentIds?: readonly string[];
  };
  readonly files?: readonly string[];
  readonly injectImmediately?: boolean;
  readonly func?: (...args: never[]) => unknown;
}

/** The events of `webRequest`; listeners are registered with the request types that they want. */
const REQUEST_EVENTS = [
  "onBeforeRequest",
  "onBeforeRedirect",
  "onHeadersReceived",
  "onCompleted",
  "onErrorOccurred",
] as const;
type RequestEvent = (typeof REQUEST_EVENTS)[number];

interface ContentScript {
  readonly id: string;
  readonly matches: readonly string[];
  readonly excludeMatches: readonly string[];
  readonly [field: string]: unknown;
}

interface RequestListener {
  readonly event: RequestEvent;
  readonly types: readonly string[];
  readonly urls: readonly string[];
  readonly run: OnRequest;
}

const fresh = () => ({
  base: "chrome-extension://hubscope/",
  /** Which page is in each frame. Keys are "tab:frame". */
  frames: new Map<string, FrameIdentity | Promise<FrameIdentity>>(),
  /** In which frame each document with an id is. Keys of frames are "tab:frame". */
  documents: new Map<string, string>(),
  /** Frames in which the sentinel has seen no sign of SignalR. Keys are "tab:frame". */
  waiting: new Set<string>(),
  /** The relay of each frame. Keys are "tab:frame". */
  relays: new Map<string, Relay>(),
  tabs: [{ id: 1 }, { id: 2 }] as Tab[],
  toTabs: [] as Said[],
  toPanels: [] as { readonly type: string }[],
  badge: new Map<number, string>(),
  badgeTitle: new Map<number, string>(),
  /** Resolves when the browser has applied a change of the button. It applies them in their order. */
  buttonChanges: (): Promise<unknown> => Promise.resolve(),
  minimized: new Set<number>(),
  session: {} as Record<string, unknown>,
  /** Resolves when every panel has received a message. */
  panelsHear: (): Promise<unknown> => Promise.resolve(),
  /** The actions on tabs, in order. */
  done: [] as string[],
  onMessage: [] as OnMessage[],
  onConnect: [] as OnConnect[],
  onRequest: [] as RequestListener[],
  /** Content scripts by their id. The browser keeps them when the background is stopped. */
  contentScripts: new Map<string, ContentScript>(),
  /** The changes of their registrations, in order. */
  registrations: [] as string[],
  /** Tabs in which scripts wait for a click of the user, as in Chromium where site access was withdrawn. */
  withheld: new Set<number>(),
  /** Tabs whose page has crashed. */
  crashed: new Set<number>(),
  /** Tabs whose page never completes loading. */
  slowToLoad: new Set<number>(),
  /** The origins of the browser's own site access. */
  siteAccess: ["<all_urls>"] as string[],
});

const scope = globalThis as { fakeWorld?: ReturnType<typeof fresh> };

/** This object survives when the background's modules are loaded again. */
export const world = (scope.fakeWorld ??= fresh());

export function resetWorld(): void {
  Object.assign(world, fresh());
}

/** Fires a `webRequest` event for the listeners whose filter it passes. @returns how many these are */
export function seeRequest(
  event: RequestEvent,
  type: "websocket" | "xmlhttprequest",
  details: { readonly url: string; readonly [field: string]: unknown },
): number {
  const hear = world.onRequest.filter(
    (one) =>
      one.event === event &&
      one.types.includes(type) &&
      one.urls.some((pattern) => matches(pattern, details.url)),
  );
  for (const { run } of hear) run(details);
  return hear.length;
}

/** A match pattern has no port, and matches all of them. */
function matches(pattern: string, url: string): boolean {
  const source = pattern.split("*").map((part) => part.replace(/[.?+^$()[\]{}|\\]/g, "\\$&"));
  const { protocol, hostname, pathname, search } = new URL(url);
  return new RegExp(`^${source.join(".*")}$`).test(`${protocol}//${hostname}${pathname}${search}`);
}

/** The sender gets the first answer that isn't undefined. */
async function firstAnswer(answers: readonly Promise<unknown>[]): Promise<unknown> {
  const given = answers.map(async (answer) => (await answer) ?? Promise.reject(new Error("no answer")));
  return Promise.any(given).catch(() => undefined);
}

const done = (what: string): Promise<void> => {
  world.done.push(what);
  return Promise.resolve();
};

async function changeButton(tab: number, change: () => unknown): Promise<void> {
  if (!world.tabs.some(({ id }) => id === tab)) throw new Error(`No tab with id: ${tab}.`);
  change();
  await world.buttonChanges();
}

export default {
  runtime: {
    getURL: (path: string) => `${world.base}${path}`,
    sendMessage(message: { readonly type: string }): Promise<unknown> {
      world.toPanels.push(message);
      return world.panelsHear();
    },
    onInstalled: { addListener: () => undefined },
    onStartup: { addListener: () => undefined },
    onMessage: {
      addListener(listener: OnMessage) {
        world.onMessage.push(listener);
      },
    },
    onConnect: {
      addListener(listener: OnConnect) {
        world.onConnect.push(listener);
      },
    },
  },
  windows: {
    create: async ({ url, type }: { url: string; type: string }) => {
      const id = 1 + Math.max(0, ...world.tabs.map((tab) => tab.id));
      world.tabs.push({ id, windowId: id * 100, url });
      await done(`open ${type} ${url.slice(world.base.length)}`);
    },
    get: (id: number) => Promise.resolve({ id, state: world.minimized.has(id) ? "minimized" : "normal" }),
    update: (id: number, { focused, state }: { focused: boolean; state?: string }) =>
      done(`window ${id}${focused ? " to the front" : ""}${state === undefined ? "" : ` ${state}`}`),
  },
  webRequest: Object.fromEntries(
    REQUEST_EVENTS.map((event) => [
      event,
      {
        addListener(run: OnRequest, { types, urls }: Pick<RequestListener, "types" | "urls">) {
          world.onRequest.push({ event, types, urls, run });
        },
        removeListener(run: OnRequest) {
          world.onRequest = world.onRequest.filter((one) => one.event !== event || one.run !== run);
        },
      },
    ]),
  ),
  permissions: {
    contains: ({ origins }: { origins: string[] }) =>
      Promise.resolve(
        origins.every((one) => world.siteAccess.includes(one) || world.siteAccess.includes("<all_urls>")),
      ),
  },
  scripting: {
    // As in Chromium, with the patterns in another order.
    getRegisteredContentScripts: () =>
      Promise.resolve(
        [...world.contentScripts.values()].map((script) => ({
          ...script,
          matches: [...script.matches].reverse(),
          excludeMatches: [...script.excludeMatches].reverse(),
        })),
      ),
    registerContentScripts(scripts: ContentScript[]) {
      for (const { id } of scripts)
        if (world.contentScripts.has(id)) return Promise.reject(new Error(`Duplicate script ID '${id}'`));
      for (const script of scripts) world.contentScripts.set(script.id, script);
      world.registrations.push(`register ${scripts.map(({ id }) => id).join()}`);
      return Promise.resolve();
    },
    updateContentScripts(scripts: ContentScript[]) {
      for (const script of scripts) world.contentScripts.set(script.id, script);
      world.registrations.push(`update ${scripts.map(({ id }) => id).join()}`);
      return Promise.resolve();
    },
    unregisterContentScripts({ ids }: { ids: string[] }) {
      for (const id of ids) world.contentScripts.delete(id);
      world.registrations.push(`unregister ${ids.join()}`);
      return Promise.resolve();
    },
    async executeScript({
      target,
      files,
      func,
      injectImmediately,
    }: Execution): Promise<{ result: unknown; frameId?: number }[]> {
      const at = target.documentIds
        ? frameOf(target.documentIds[0])
        : `${target.tabId}:${target.frameIds?.join() ?? ""}`;
      if (world.withheld.has(target.tabId) || (world.slowToLoad.has(target.tabId) && !injectImmediately))
        await new Promise(() => undefined);
      if (files) {
        await done(`load ${files.join()} into ${at}`);
        return [];
      }
      if (func?.name === "tellIdentity") return [{ result: await world.frames.get(at) }];
      if (func?.name === "isWaiting")
        return [{ frameId: Number(at.split(":")[1]), result: world.waiting.has(at) }];
      throw new Error(`What should ${String(func)} do?`);
    },
  },
  tabs: {
    async sendMessage(
      tab: number,
      message: Said["message"],
      { frameId, documentId }: { frameId?: number; documentId?: string } = {},
    ) {
      const frame = documentId === undefined ? frameId : Number(frameOf(documentId).split(":")[1]);
      world.toTabs.push({ tab, frame, message });
      if (world.crashed.has(tab))
        throw new Error("Could not establish connection. Receiving end does not exist.");
      const relays = [...world.relays].filter(([at]) =>
        frame === undefined ? at.startsWith(`${tab}:`) : at === `${tab}:${frame}`,
      );
      return firstAnswer(relays.flatMap(([, relay]) => relay(structuredClone(message)) ?? []));
    },
    query: ({ windowId, url }: { windowId?: number; url?: string }) =>
      Promise.resolve(
        world.tabs.filter(
          (tab) =>
            (windowId === undefined || tab.windowId === windowId) &&
            (url === undefined || hostOf(tab.url) === hostOf(url)),
        ),
      ),
    get: (id: number) => Promise.resolve(world.tabs.find((tab) => tab.id === id)),
    discard: (id: number) => done(`discard ${id}`),
    create: ({ active }: { active: boolean }) => done(`create${active ? " in front" : ""}`),
    update: (id: number, { url, active }: { url?: string; active?: boolean }) =>
      done(`update ${id}${active === true ? " to the front" : ""}${url === undefined ? "" : ` to ${url}`}`),
    reload: (id: number) => done(`reload ${id}`),
  },
  action: {
    setBadgeBackgroundColor: ({ tabId }: { tabId: number }) => changeButton(tabId, () => undefined),
    setBadgeText: ({ text, tabId }: { text: string; tabId: number }) =>
      changeButton(tabId, () => world.badge.set(tabId, text)),
    setTitle: ({ title, tabId }: { title: string; tabId: number }) =>
      changeButton(tabId, () => world.badgeTitle.set(tabId, title)),
  },
  storage: {
    session: {
      get: (key: string) => Promise.resolve({ [key]: world.session[key] }),
      set(values: Record<string, unknown>) {
        Object.assign(world.session, values);
        return Promise.resolve();
      },
    },
  },
};

/** As the browser does, rejects if the document is gone. */
function frameOf(document = ""): string {
  const frame = world.documents.get(document);
  if (frame === undefined) throw new Error(`No document with id ${document}`);
  return frame;
}

/** A match pattern with a host name matches every port. */
const hostOf = (url = ""): string => /^\w+:\/\/([^/:]*)/.exec(url)?.[1] ?? "";
