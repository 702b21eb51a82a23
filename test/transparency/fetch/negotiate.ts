/**
 * Requests whose URL looks like a negotiate, from SignalR or not: the page can read the answers as without Hubscope.
 * https://fetch.spec.whatwg.org/#body-mixin
 * https://fetch.spec.whatwg.org/#concept-filtered-response
 */
import { pause, rejectionOf, type Checks, type Place } from "../check.ts";

/** The query of another library's request, and that of SignalR's own client. */
const VARIANTS = ["", "?negotiateVersion=1"];

function forBoth(
  check: (url: (answer: string) => string, place: Place) => Promise<unknown>,
): (place: Place) => Promise<unknown> {
  return async (place) => {
    const results: unknown[] = [];
    for (const query of VARIANTS)
      results.push(await check((answer) => `${place.origin}/answers/${answer}/negotiate${query}`, place));
    return results;
  };
}

const post = (url: string, init?: RequestInit): Promise<Response> => fetch(url, { method: "POST", ...init });

const describe = (response: Response): unknown[] => [
  response.status,
  response.statusText,
  response.ok,
  response.type,
  response.redirected,
  response.url.replace(/:\d+/g, ":N"),
  response.headers.get("content-type"),
  response.bodyUsed,
  response.body === null,
  Object.getOwnPropertyNames(response),
];

export const fetchNegotiate: Checks = {
  json: forBoth(async (url) => {
    const response = await post(url("json"));
    const body: unknown = await response.json();
    return [describe(response), body, response.bodyUsed];
  }),
  text: forBoth(async (url) => {
    const response = await post(url("text"));
    return [describe(response), await response.text()];
  }),
  "an answer like a negotiate's": forBoth(async (url) => (await post(url("token"))).json()),
  "an error with a body": forBoth(async (url) => {
    const response = await post(url("error"));
    return [describe(response), await response.text()];
  }),
  "no content": forBoth(async (url) => {
    const response = await post(url("empty"));
    return [describe(response), await response.text()];
  }),
  "read twice": forBoth(async (url) => {
    const response = await post(url("text"));
    await response.text();
    return rejectionOf(() => response.text());
  }),
  clone: forBoth(async (url) => {
    const response = await post(url("text"));
    const copy = response.clone();
    return [await response.text(), await copy.text(), copy.bodyUsed];
  }),
  "every way to read": forBoth(async (url) => {
    const results: unknown[] = [];
    results.push((await (await post(url("text"))).arrayBuffer()).byteLength);
    results.push((await (await post(url("text"))).blob()).size);
    // Without the message: Chromium's differs if the body has arrived already, as it has when the hook has read its copy.
    const refused = await rejectionOf(async () => (await post(url("text"))).json());
    results.push(refused === "nothing" ? refused : refused.thrown);
    return results;
  }),
  huge: forBoth(async (url) => {
    const text = await (await post(url("huge"))).text();
    return [text.length, text.slice(0, 3), text.slice(-3)];
  }),
  "a stream, chunk by chunk": forBoth(async (url) => {
    const { body } = await post(url("stream"));
    const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
    const chunks: string[] = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
    }
    return chunks.join("");
  }),
  "the first chunk comes before the last": forBoth(async (url, { origin }) => {
    const response = await post(url("held"));
    const reader = response.body!.getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    // The last one isn't sent before this.
    await fetch(`${origin}/answers/release`);
    while (!(await reader.read()).done);
    return [first, response.body!.locked, response.bodyUsed];
  }),
  "cancelling an endless stream reaches the server": forBoth(async (url, { origin }) => {
    const response = await post(url("endless"));
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
    for (let i = 0; i < 40; i++) {
      const left = await (await fetch(`${origin}/endless-open`)).text();
      if (left === "0") return "closed";
      await pause(25);
    }
    return "still open";
  }),
  "cut off in the middle": forBoth(async (url) => {
    const response = await post(url("cut"));
    const { thrown } = (await rejectionOf(() => response.text())) as { thrown: string };
    return [response.status, thrown];
  }),
  redirected: forBoth(async (url) => {
    const response = await post(url("redirect"));
    const body: unknown = await response.json();
    return [describe(response), body];
  }),
  "redirect: manual": forBoth(async (url) => describe(await post(url("redirect"), { redirect: "manual" }))),
  "redirect: error": forBoth(async (url) => rejectionOf(() => post(url("redirect"), { redirect: "error" }))),
  opaque: async ({ elsewhere }) => {
    const results: unknown[] = [];
    for (const query of VARIANTS) {
      const response = await post(`${elsewhere}/answers/json/negotiate${query}`, { mode: "no-cors" });
      results.push([describe(response), await response.text()]);
    }
    return results;
  },
  "refused by CORS": async ({ elsewhere }) => {
    const results: unknown[] = [];
    for (const query of VARIANTS)
      results.push(await rejectionOf(() => post(`${elsewhere}/answers/json/negotiate${query}`)));
    return results;
  },
  "nobody answers": async () => {
    const results: unknown[] = [];
    for (const query of VARIANTS)
      results.push(await rejectionOf(() => post(`http://127.0.0.1:9/negotiate${query}`)));
    return results;
  },
  "what is sent": forBoth(async (url) => {
    const headers = { "X-Own": "yes", "Content-Type": "application/json" };
    return (await post(url("echo"), { headers, body: JSON.stringify({ a: 1 }) })).json();
  }),
  "headers from a generator": forBoth(async (url) => {
    const headers = (function* () {
      yield ["X-Own", "yes"];
    })();
    return (await post(url("echo"), { headers: headers as unknown as HeadersInit })).json();
  }),
  "a Request object": forBoth(async (url) => {
    const request = new Request(url("echo"), {
      method: "POST",
      headers: { "X-Own": "yes" },
      body: "from a request",
    });
    const answer: unknown = await (await fetch(request)).json();
    return [answer, request.bodyUsed];
  }),
  "a Request of another window": forBoth(async (url) => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const { Request: OtherRequest } = frame.contentWindow as unknown as typeof globalThis;
    const request = new OtherRequest(url("echo"), { method: "POST", body: "theirs" });
    const answer: unknown = await (await fetch(request)).json();
    frame.remove();
    return answer;
  }),
  "a body that is a stream can be used up once": forBoth(async (url) => {
    const form = new FormData();
    form.set("a", "b");
    const { body } = (await (await post(url("echo"), { body: form })).json()) as { body: string };
    return body.includes('name="a"');
  }),
};
