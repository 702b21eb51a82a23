import { negotiate } from "./raw-client.ts";

/** Requests with one connection's id, as a client of event streams or long polling sends them. */
export class RawHttp {
  /** The URL of the hub, with the connection token as `id`. */
  readonly url: string;
  readonly token: string;
  readonly #aborts: AbortController[] = [];

  private constructor(hubUrl: string, token: string) {
    const url = new URL(hubUrl);
    url.searchParams.set("id", token);
    this.url = url.href;
    this.token = token;
    open.add(this);
  }

  static async negotiate(hubUrl: string): Promise<RawHttp> {
    const { json } = await negotiate(hubUrl);
    return new RawHttp(hubUrl, String(json.connectionToken));
  }

  request(
    method: string,
    { headers = {}, body }: { headers?: Record<string, string>; body?: BodyInit } = {},
  ) {
    const abort = new AbortController();
    this.#aborts.push(abort);
    return fetch(this.url, {
      method,
      headers,
      signal: abort.signal,
      ...(body === undefined ? {} : { body }),
    });
  }

  async poll(): Promise<{ status: number; type: string | null; body: string }> {
    const response = await this.request("GET");
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      body: await response.text(),
    };
  }

  async send(...messages: object[]): Promise<[number, string]> {
    const body = messages.map((message) => `${JSON.stringify(message)}\u001e`).join("");
    const response = await this.request("POST", { body });
    return [response.status, await response.text()];
  }

  events(): Promise<Response> {
    return this.request("GET", { headers: { Accept: "text/event-stream" } });
  }

  /** The status and body of a refused request. */
  async refusal(method: string, headers: Record<string, string> = {}): Promise<[number, string]> {
    const response = await this.request(method, { headers });
    return [response.status, await response.text()];
  }

  abort(): void {
    for (const abort of this.#aborts) abort.abort();
  }
}

const open = new Set<RawHttp>();

/** Aborts all open requests; called after every test. */
export function abortRawRequests(): void {
  for (const client of open) client.abort();
  open.clear();
}
