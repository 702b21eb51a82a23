/** How a page reaches a collector. */
import { addressOf } from "../../../extension/otlp/send/endpoint.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import { nativeFetch } from "../../hook/platform/natives.ts";
import { nativeTimeout, now } from "../../sentinel/platform/natives.ts";
import type { MonitorOptions, MonitorSignal } from "../api.ts";
import type { DeliveryPorts } from "./delivery.ts";

/** A request without an answer takes from the little that a browser sends for pages that are gone. */
const LONGEST_ANSWER: Milliseconds = 20_000;

export function pagePorts({ endpoint, headers }: MonitorOptions): DeliveryPorts {
  // Often a path of the page's own server. That it is an address was found out when the monitor was started.
  const url = new URL(endpoint, document.baseURI);
  const urlOf = (signal: MonitorSignal): string => addressOf(url, signal) + url.search;
  const post = (of: MonitorSignal, body: string, signal?: AbortSignal): Promise<Response> =>
    nativeFetch(urlOf(of), {
      ...{ method: "POST", body, signal: signal ?? null },
      headers: { ...headers, "content-type": "application/json" },
      // It goes on when the page is left.
      keepalive: true,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      // The headers are for this address only.
      redirect: "manual",
    });
  return {
    async post(signal, body) {
      const { status, headers: answered } = await post(signal, body, AbortSignal.timeout(LONGEST_ANSWER));
      return { status, retryAfter: answered.get("Retry-After") };
    },
    postLast(signal, body) {
      try {
        if (headers || "keepalive" in Request.prototype) {
          post(signal, body).catch(() => undefined);
          return;
        }
      } catch {
        // The page has another fetch.
      }
      // A beacon has the collector's cookies with it and tells the page's address, and can't have headers.
      navigator.sendBeacon(urlOf(signal), new Blob([body], { type: "application/json" }));
    },
    warn(problem) {
      // eslint-disable-next-line no-console -- the page belongs to who made the mistake
      console.warn("hubscope/monitor:", problem);
    },
    after(wait, run) {
      nativeTimeout(run, wait);
    },
    random: Math.random,
    now,
  };
}
