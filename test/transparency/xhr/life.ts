/**
 * Requests of any kind, and those of a SignalR connection: which events are fired in which order, and what can be read when.
 * https://xhr.spec.whatwg.org/#the-send()-method
 */
import { pause, thrownBy, type Checks, type Place } from "../check.ts";
import { HANDSHAKE, negotiate } from "../connection.ts";

const EVENTS = ["readystatechange", "loadstart", "progress", "abort", "error", "load", "timeout", "loadend"];

interface Told {
  readonly log: unknown[];
  readonly ended: Promise<unknown>;
}

/** Logs every event, as received by listeners and handlers. */
function told(xhr: XMLHttpRequest): Told {
  const log: unknown[] = [];
  for (const type of EVENTS) {
    xhr.addEventListener(type, (event) => {
      const { loaded } = event as ProgressEvent;
      log.push([type, xhr.readyState, xhr.status, event.isTrusted, event.target === xhr, typeof loaded]);
    });
    (xhr as unknown as Record<string, unknown>)[`on${type}`] = () => log.push(`on${type}`);
  }
  const ended = new Promise((resolve) => {
    xhr.addEventListener("loadend", resolve);
  });
  return { log, ended };
}

async function run(xhr: XMLHttpRequest, method: string, url: string, body?: string): Promise<unknown[]> {
  const { log, ended } = told(xhr);
  xhr.open(method, url);
  xhr.send(body);
  await ended;
  return log.filter((entry) => !String(entry).startsWith("progress") && entry !== "onprogress");
}

const summary = (xhr: XMLHttpRequest): unknown[] => [
  xhr.readyState,
  xhr.status,
  xhr.statusText,
  xhr.getResponseHeader("content-type"),
  xhr.responseURL.replace(/:\d+/, ":N").replace(/id=.*/, "id"),
  Object.getOwnPropertyNames(xhr),
];

const at = ({ origin }: Place, answer: string): string[] => [
  `${origin}/answers/${answer}`,
  `${origin}/answers/${answer}/negotiate`,
  `${origin}/answers/${answer}/negotiate?negotiateVersion=1`,
];

const forAll =
  (answer: string, look: (url: string) => unknown): ((place: Place) => Promise<unknown>) =>
  async (place) => {
    const results: unknown[] = [];
    for (const url of at(place, answer)) results.push(await look(url));
    return results;
  };

export const xhrLife: Checks = {
  "every event of an answer": forAll("json", async (url) => {
    const xhr = new XMLHttpRequest();
    return [await run(xhr, "POST", url, "x"), ...summary(xhr).slice(0, 4), xhr.responseText];
  }),
  "an error with a body": forAll("error", async (url) => {
    const xhr = new XMLHttpRequest();
    return [await run(xhr, "POST", url), ...summary(xhr).slice(0, 4), xhr.responseText];
  }),
  "no content, a redirect": async (place) => {
    const results: unknown[] = [];
    for (const answer of ["empty", "redirect"])
      for (const url of at(place, answer)) {
        const xhr = new XMLHttpRequest();
        results.push(await run(xhr, "POST", url), xhr.status, xhr.responseText);
      }
    return results;
  },
  "an answer that is cut off": forAll("cut", async (url) => {
    const xhr = new XMLHttpRequest();
    return [await run(xhr, "POST", url), xhr.readyState, xhr.status, xhr.responseText];
  }),
  "an answer without CORS": async ({ elsewhere }) => {
    const xhr = new XMLHttpRequest();
    return [await run(xhr, "POST", `${elsewhere}/answers/json/negotiate?negotiateVersion=1`), xhr.status];
  },
  "every response type": forAll("json", async (url) => {
    const results: unknown[] = [];
    for (const type of ["", "text", "json", "arraybuffer", "blob", "document"] as const) {
      const xhr = new XMLHttpRequest();
      xhr.responseType = type;
      await run(xhr, "POST", url);
      const response = xhr.response as unknown;
      results.push([
        type,
        Object.prototype.toString.call(response),
        typeof response === "string" ? response : JSON.stringify(response),
        xhr.response === response,
        thrownBy(() => xhr.responseText),
      ]);
    }
    return results;
  }),
  "text as it comes": forAll("stream", async (url) => {
    const xhr = new XMLHttpRequest();
    const seen: string[] = [];
    xhr.addEventListener("progress", () => seen.push(xhr.responseText));
    await run(xhr, "POST", url);
    return [seen[0]?.startsWith("one"), xhr.responseText];
  }),
  "aborted while it waits": forAll("slow", async (url) => {
    const xhr = new XMLHttpRequest();
    const { log } = told(xhr);
    xhr.open("POST", url);
    xhr.send();
    await pause(10);
    xhr.abort();
    return [log, xhr.readyState, xhr.status];
  }),
  "aborted before it was sent, and after its end": forAll("json", async (url) => {
    const xhr = new XMLHttpRequest();
    const { log } = told(xhr);
    xhr.open("POST", url);
    xhr.abort();
    const before = [...log];
    const again = await run(xhr, "POST", url);
    xhr.abort();
    return [before, again.length, xhr.readyState, xhr.status];
  }),
  "a timeout": forAll("slow", async (url) => {
    const xhr = new XMLHttpRequest();
    xhr.timeout = 30;
    return [await run(xhr, "POST", url), xhr.readyState, xhr.status];
  }),
  "at once": forAll("echo", (url) => {
    const xhr = new XMLHttpRequest();
    const { log } = told(xhr);
    xhr.open("POST", url, false);
    xhr.setRequestHeader("X-Own", "1");
    xhr.send("body");
    return [log, xhr.status, xhr.responseText];
  }),
  "what is sent": forAll("echo", async (url) => {
    const results: unknown[] = [];
    const form = new FormData();
    form.append("a", "b");
    const bodies = ["text", new Blob(["blob"]), new TextEncoder().encode("bytes"), form, null, undefined];
    for (const body of bodies) {
      const xhr = new XMLHttpRequest();
      const { ended } = told(xhr);
      xhr.open("POST", url);
      xhr.setRequestHeader("X-Own", "1");
      xhr.setRequestHeader("x-own", "2");
      xhr.send(body);
      await ended;
      results.push(JSON.parse(xhr.responseText));
    }
    return results;
  }),
  "an object used again for something else": async (place) => {
    const xhr = new XMLHttpRequest();
    const url = await negotiate(place);
    await run(xhr, "GET", `${url}&_=1`);
    const first = xhr.status;
    xhr.onload = null;
    await run(xhr, "POST", `${place.origin}/answers/json`);
    return [first, xhr.status, xhr.responseText];
  },
  "the upload's own events": forAll("echo", async (url) => {
    const xhr = new XMLHttpRequest();
    const log: string[] = [];
    for (const type of ["loadstart", "load", "loadend"])
      xhr.upload.addEventListener(type, () => log.push(type));
    await run(xhr, "POST", url, "x".repeat(1_000));
    return log;
  }),
  "listeners before open": forAll("json", async (url) => {
    const xhr = new XMLHttpRequest();
    const log: string[] = [];
    xhr.addEventListener("load", () => log.push("before"));
    xhr.onload = () => log.push("handler");
    xhr.open("POST", url);
    xhr.addEventListener("load", () => log.push("after"));
    xhr.send();
    await new Promise((resolve) => {
      xhr.addEventListener("loadend", resolve);
    });
    return log;
  }),
  "SignalR: a poll, a send and the end": async (place) => {
    const url = await negotiate(place);
    const polls: unknown[] = [];
    const poll = async (type: XMLHttpRequestResponseType): Promise<unknown> => {
      const xhr = new XMLHttpRequest();
      xhr.responseType = type;
      const log = await run(xhr, "GET", `${url}&_=${polls.length}`);
      const response = xhr.response as unknown;
      const text = response instanceof ArrayBuffer ? new TextDecoder().decode(response) : response;
      return [log, summary(xhr), text, Object.prototype.toString.call(response)];
    };
    polls.push(await poll(""));
    const second = poll("");
    await fetch(url, { method: "POST", body: HANDSHAKE });
    polls.push(await second);
    const third = poll("arraybuffer");
    const send = new XMLHttpRequest();
    polls.push(
      await run(send, "POST", url, `{"type":1,"invocationId":"7","target":"Echo","arguments":["x"]}\x1e`),
      await third,
    );
    const fourth = poll("");
    // When this request is answered, the poll is waiting at the server: a poll after the end would be refused.
    await fetch(url, { method: "POST", body: '{"type":6}\x1e' });
    const end = new XMLHttpRequest();
    polls.push(await run(end, "DELETE", url), end.status, await fourth);
    return polls;
  },
};
