import { WebSocket } from "ws";
import { eventually } from "./eventually.ts";

const recordSeparator = "\u001e";
const open = new Set<RawClient>();

const jsonHandshake = { protocol: "json", version: 1 };

export interface Negotiated {
  status: number;
  headers: Headers;
  text: string;
  /** The body, if it is JSON. */
  json: Record<string, unknown>;
}

/** Negotiates with a hub, with exactly this query. */
export async function negotiate(
  hubUrl: string,
  query = "negotiateVersion=1",
  headers = {},
): Promise<Negotiated> {
  const response = await fetch(withPath(hubUrl, "/negotiate", query), { method: "POST", headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

/** The WebSocket URL of a hub with this connection token. */
export function connectUrl(hubUrl: string, connectionToken: unknown): string {
  return withPath(hubUrl, "", `id=${String(connectionToken)}`).replace(/^http/, "ws");
}

/** A client that gives access to the raw messages and does nothing by itself. */
export class RawClient {
  /** All received messages, without their record separators. */
  readonly messages: string[] = [];
  readonly frames: string[] = [];
  closeCode: number | undefined;
  closeReason = "";
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    open.add(this);
    socket.on("message", (data: Buffer) => this.#received(data.toString()));
    socket.on("error", () => undefined);
    socket.on("close", (code, reason) => {
      this.closeCode = code;
      this.closeReason = reason.toString();
    });
  }

  /** Negotiates and opens the socket. */
  static async open(hubUrl: string): Promise<RawClient> {
    const { json } = await negotiate(hubUrl);
    return RawClient.openAt(connectUrl(hubUrl, json.connectionToken));
  }

  static async openAt(url: string): Promise<RawClient> {
    const socket = new WebSocket(url);
    const client = new RawClient(socket);
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    return client;
  }

  /** Negotiates, opens the socket, and does the handshake. */
  static async connect(hubUrl: string): Promise<RawClient> {
    const client = await RawClient.open(hubUrl);
    client.send(jsonHandshake);
    await client.next(0);
    return client;
  }

  /** Sends messages in one frame. */
  send(...messages: object[]): void {
    this.sendText(messages.map((message) => JSON.stringify(message) + recordSeparator).join(""));
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** Waits for the message with this index. */
  async next(index: number): Promise<string> {
    return eventually(`message ${index}`, () => this.messages[index]);
  }

  /** Waits for so many messages after the handshake response. */
  async answers(count: number): Promise<string[]> {
    await this.next(count);
    return this.messages.slice(1, count + 1);
  }

  /** Waits for the end of the connection. @returns its close code */
  async closed(): Promise<number> {
    return eventually("the close", () => this.closeCode);
  }

  close(code?: number): void {
    this.#socket.close(code);
  }

  destroy(): void {
    this.#socket.terminate();
  }

  #received(text: string): void {
    this.frames.push(text);
    this.messages.push(...text.split(recordSeparator).slice(0, -1));
  }
}

/** Closes all raw clients; called after every test. */
export function closeRawClients(): void {
  for (const client of open) client.destroy();
  open.clear();
}

/** The status and body with which a WebSocket upgrade is refused. */
export function refusedUpgrade(url: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.on("open", () => reject(new Error("The upgrade was accepted.")));
    socket.on("error", () => undefined);
    socket.on("unexpected-response", (_request, response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
  });
}

function withPath(hubUrl: string, path: string, query: string): string {
  const url = new URL(hubUrl);
  url.pathname += path;
  const all = [url.search.slice(1), query].filter((part) => part !== "").join("&");
  url.search = "";
  return all === "" ? url.href : `${url.href}?${all}`;
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
