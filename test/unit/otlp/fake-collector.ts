/** A collector that answers as told, with a clock that only waits move. */
import { readEndpoint, type Endpoint } from "../../../extension/otlp/send/endpoint.ts";
import type { Payload } from "../../../extension/otlp/send/payload.ts";
import type { HttpAnswer, PostRequest, SendPorts } from "../../../extension/otlp/send/ports.ts";
import { START } from "../fakes/events.ts";

export type Answers = (request: PostRequest, number: number) => Promise<HttpAnswer> | HttpAnswer | Error;

export interface FakeCollector extends SendPorts {
  readonly requests: PostRequest[];
  /** When each request came, in milliseconds since the beginning. */
  readonly times: number[];
}

export const answer = (status: number, body: unknown = {}, retryAfter: string | null = null): HttpAnswer => ({
  status,
  mediaType: "application/json",
  retryAfter,
  redirectsTo: null,
  body: typeof body === "string" ? body : JSON.stringify(body),
});

/** @param random what chance says each time */
export function fakeCollector(answers: Answers, random = 1): FakeCollector {
  let now = START;
  const requests: PostRequest[] = [];
  const times: number[] = [];
  const timers = new Set<{ readonly at: number; readonly ring: () => void }>();
  /** The clock goes on when nothing else can happen. */
  const tick = (): void => {
    setImmediate(() => {
      const [first] = [...timers].sort((a, b) => a.at - b.at);
      if (!first) return;
      timers.delete(first);
      now = Math.max(now, first.at);
      first.ring();
      tick();
    });
  };
  return {
    requests,
    times,
    now: () => now,
    random: () => random,
    async post(request) {
      requests.push(request);
      times.push(now - START);
      const given = await answers(request, requests.length);
      if (given instanceof Error) throw given;
      return given;
    },
    sleep: (time, signal) =>
      new Promise((resolve) => {
        const ring = (): void => {
          timers.delete(timer);
          signal.removeEventListener("abort", ring);
          resolve();
        };
        const timer = { at: now + time, ring };
        timers.add(timer);
        signal.addEventListener("abort", ring);
        tick();
      }),
  };
}

export function endpointOf(text = "http://127.0.0.1:4318"): Endpoint {
  const endpoint = readEndpoint(text);
  if (typeof endpoint === "string") throw new Error(endpoint);
  return endpoint;
}

export const spans = (records: number, body = "{}"): Payload => ({ signal: "traces", records, body });

/** Never answers. */
export const silence = (): Promise<HttpAnswer> => new Promise(() => undefined);
