/** How a page reaches a collector. */
import { readEndpoint } from "../../../extension/otlp/send/endpoint.ts";
import { nativeFetch } from "../../hook/platform/natives.ts";
import { nativeTimeout, now } from "../../sentinel/platform/natives.ts";
import type { MonitorOptions, MonitorSignal } from "../api.ts";
import type { DeliveryPorts } from "./delivery.ts";

export function pagePorts({ endpoint, headers }: MonitorOptions): DeliveryPorts {
  // Often a path of the page's own server.
  const collector = readEndpoint(new URL(endpoint, document.baseURI).href);
  if (typeof collector === "string") throw new Error(`endpoint: ${collector}`);
  const { urlOf } = collector;
  const post = (signal: MonitorSignal, body: string): Promise<Response> =>
    nativeFetch(urlOf(signal), {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body,
      // It goes on when the page is left.
      keepalive: true,
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
  return {
    async post(signal, body) {
      const { status, headers: answered } = await post(signal, body);
      return { status, retryAfter: answered.get("Retry-After") };
    },
    postLast(signal, body) {
      // A beacon can't have headers.
      const sent =
        !headers && navigator.sendBeacon(urlOf(signal), new Blob([body], { type: "application/json" }));
      if (!sent) post(signal, body).catch(() => undefined);
    },
    after(wait, run) {
      nativeTimeout(run, wait);
    },
    random: Math.random,
    now,
  };
}
