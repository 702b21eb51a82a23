/** Attempts of a hostile page to get the private port or to send something through it. Runs in the page. */

/** Names that hook and relay use with each other. A page can know them. */
const NAMES = ["hubscope-secret", "hubscope-here", "hubscope-script", "hubscope", "port"];
/** A text in everything that the page forges: nothing that contains it may be stored. */
export const FORGED = "forged-by-the-page";

export interface Loot {
  /** Ports that the page received, and the names of the events with them. */
  readonly ports: string[];
  readonly names: string[];
  /** Messages that arrived at a port of the page's own. */
  readonly received: unknown[];
  /** What the page could do with the extension's API. */
  readonly api: string[];
}

const forgedEvents = [
  {
    kind: "hub",
    hub: 9,
    url: FORGED,
    serverTimeout: 1,
    keepAliveInterval: 1,
    hasReconnectPolicy: false,
    seq: 1e6,
    t: 1,
  },
];
const messages = [
  { type: "events", events: forgedEvents },
  {
    type: "mode",
    mode: { record: false, payloads: false, payloadCap: 0, probe: false, flightRecorderRate: 1 },
  },
  { type: "inject", call: 1, command: { name: "abrupt-loss", target: { scope: "page" } } },
  { type: "lease", duration: 1e9 },
  { type: "reply", call: 1, answer: { ok: true, fault: 1 } },
  { to: "background", type: "append", page: FORGED, top: true, events: forgedEvents },
  { to: "relay", type: "who" },
];

export async function attack(): Promise<string> {
  const loot: Loot = { ports: [], names: [], received: [], api: [] };
  const frames = [
    document.createElement("iframe"),
    document.createElement("iframe"),
    document.createElement("iframe"),
  ];
  frames[1]!.srcdoc = "<p>srcdoc</p>";
  frames[2]!.src = "/blank";
  const windows: Window[] = [window];
  for (const frame of frames) {
    document.body.append(frame);
    if (frame.contentWindow) windows.push(frame.contentWindow);
  }
  for (const target of windows) listen(target, loot);
  for (const target of windows) await speak(target, loot);
  // Try again when the frames have loaded, as they may have new windows now.
  await new Promise((resolve) => setTimeout(resolve, 100));
  for (const { contentWindow } of frames)
    if (contentWindow) {
      listen(contentWindow, loot);
      await speak(contentWindow, loot);
    }
  await tryApi(loot);
  await new Promise((resolve) => setTimeout(resolve, 200));
  for (const frame of frames) frame.remove();
  return JSON.stringify(loot);
}

function listen(target: Window, loot: Loot): void {
  for (const place of [target, target.document, target.performance])
    for (const type of [...NAMES, "message"])
      place.addEventListener(
        type,
        (event) => {
          if (!("ports" in event)) return;
          const { ports, data } = event as MessageEvent<unknown>;
          if (data === FORGED) return;
          for (const port of ports) {
            loot.ports.push(`${type} brought a port`);
            for (const message of messages) port.postMessage(message);
          }
          if (type !== "message" && !String(data).includes(FORGED)) loot.names.push(type);
        },
        true,
      );
}

async function speak(target: Window, loot: Loot): Promise<void> {
  const { Event: OtherEvent, MessageEvent: OtherMessageEvent } = target as unknown as typeof globalThis;
  // A node of the page's own, like the one at which hook and relay exchange the port, and all that is left of theirs.
  const own = target.document.createComment("hubscope");
  target.document.append(own);
  const nodes = [...target.document.childNodes].filter(({ nodeType }) => nodeType === Node.COMMENT_NODE);
  for (const place of [target, target.document, target.performance, ...nodes]) {
    place.addEventListener("port", (event) => {
      const { data } = event as MessageEvent<unknown>;
      if ("ports" in event && !String(data).includes(FORGED)) loot.ports.push("a node brought a port");
    });
    for (const name of NAMES) {
      place.dispatchEvent(new OtherEvent(name));
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<unknown>) => loot.received.push(data);
      place.dispatchEvent(new OtherMessageEvent(name, { data: FORGED, ports: [port2] }));
      for (const message of messages) port1.postMessage(message);
      place.dispatchEvent(new OtherMessageEvent(name, { data: JSON.stringify(forgedEvents) }));
    }
  }
  own.remove();
  for (const message of messages) target.postMessage(message, "*");
  await new Promise((resolve) => setTimeout(resolve, 0));
}

async function tryApi(loot: Loot): Promise<void> {
  const { chrome, browser } = window as unknown as Record<string, { runtime?: Runtime } | undefined>;
  interface Runtime {
    id?: string;
    sendMessage?(...message: unknown[]): Promise<unknown>;
    connect?(...args: unknown[]): unknown;
  }
  for (const api of [chrome?.runtime, browser?.runtime]) {
    if (api?.id !== undefined) loot.api.push("the extension's id is known");
    if (!api?.sendMessage) continue;
    try {
      const answer = await api.sendMessage(messages[5]);
      loot.api.push(`answered ${JSON.stringify(answer)}`);
    } catch {
      // expected
    }
  }
}
