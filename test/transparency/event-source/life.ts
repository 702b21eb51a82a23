/**
 * An event source from its first request to its end, with any event stream and with a SignalR connection.
 * https://html.spec.whatwg.org/#processing-model-9
 */
import { nextEvent, pause, type Checks, type Place } from "../check.ts";
import { HANDSHAKE, negotiate } from "../connection.ts";

/** What a listener can see of an event. */
const seen = (source: EventSource, event: Event): unknown[] => {
  const { data, lastEventId, origin } = event as MessageEvent<unknown>;
  return [
    event.type,
    event.constructor.name,
    event.isTrusted,
    event.target === source,
    event.bubbles,
    event.cancelable,
    source.readyState,
    data,
    lastEventId,
    (origin as string | undefined)?.replace(/:\d+/, ":N"),
  ];
};

/** A SignalR event source after its handshake. */
async function connected(place: Place): Promise<EventSource> {
  const url = await negotiate(place);
  const source = new EventSource(url);
  await nextEvent(source, "open");
  const answered = nextEvent(source, "message");
  await fetch(url, { method: "POST", body: HANDSHAKE });
  await answered;
  return source;
}

export const eventSourceLife: Checks = {
  "its events, to listeners and handlers, in order": async () => {
    const source = new EventSource("/answers/events");
    const log: unknown[] = [];
    for (const type of ["open", "message", "own", "error"])
      source.addEventListener(type, (event) => log.push(["listener", ...seen(source, event)]));
    for (const type of ["onopen", "onmessage", "onerror"] as const)
      source[type] = (event: Event) => log.push(["handler", event.type]);
    source.addEventListener("message", () => log.push("second listener"));
    await nextEvent(source, "error");
    source.close();
    await pause(20);
    return [log, source.readyState];
  },
  "an answer that is no event stream": async () => {
    const log: unknown[] = [];
    for (const answer of ["json", "error", "empty"]) {
      const source = new EventSource(`/answers/${answer}?id=5`);
      log.push(seen(source, await nextEvent(source, "error")));
      source.close();
    }
    return log;
  },
  "closed before it opens": async () => {
    const source = new EventSource("/answers/events");
    const log: string[] = [];
    for (const type of ["open", "message", "error"]) source.addEventListener(type, () => log.push(type));
    source.close();
    source.close();
    await pause(80);
    return [log, source.readyState];
  },
  "closed while it speaks": async () => {
    const source = new EventSource("/answers/events");
    const log: unknown[] = [];
    source.addEventListener("message", (event) => {
      log.push(event.data);
      source.close();
      log.push(source.readyState);
    });
    await nextEvent(source, "message");
    await pause(80);
    return log;
  },
  "stopImmediatePropagation and once": async () => {
    const source = new EventSource("/answers/events");
    const log: string[] = [];
    source.addEventListener("message", () => log.push("once"), { once: true });
    source.addEventListener("message", (event) => {
      log.push("stops");
      event.stopImmediatePropagation();
    });
    source.onmessage = () => log.push("never");
    await nextEvent(source, "error");
    source.close();
    return log;
  },
  "what the page dispatches itself": async (place) => {
    const source = await connected(place);
    const log: unknown[] = [];
    source.onmessage = (event) => log.push(event.data);
    source.onerror = () => log.push("error");
    source.dispatchEvent(new MessageEvent("message", { data: "mine" }));
    source.dispatchEvent(new Event("error"));
    log.push(source.readyState);
    source.close();
    return [...log, source.readyState, Object.getOwnPropertyNames(source)];
  },
  "SignalR: open, the handshake, messages": async (place) => {
    const url = await negotiate(place);
    const source = new EventSource(url);
    const log: unknown[] = [];
    for (const type of ["open", "message"])
      source.addEventListener(type, (event) => log.push(["listener", ...seen(source, event)]));
    source.onmessage = () => log.push("handler");
    await nextEvent(source, "open");
    const say = async (text: string): Promise<void> => {
      const answered = nextEvent(source, "message");
      log.push((await fetch(url, { method: "POST", body: text })).status);
      await answered;
    };
    await say(HANDSHAKE);
    await say('{"type":1,"invocationId":"7","target":"Echo","arguments":["x"]}\x1e');
    source.close();
    // The answer to a send and its effect on the stream arrive in any order.
    return [log.map((entry) => JSON.stringify(entry)).sort(), source.readyState];
  },
  "SignalR: a send that is refused": async (place) => {
    const source = await connected(place);
    const refused = await fetch(`${place.hub}?id=nobody`, { method: "POST", body: "{}\x1e" });
    source.close();
    return [refused.status, await refused.text()];
  },
};
