/** How a page reaches a collector. */
import { nativeFetch } from "../../hook/platform/natives.ts";
import { nativeTimeout, now } from "../../sentinel/platform/natives.ts";
import type { MonitorOptions, MonitorSignal } from "../api.ts";
import type { DeliveryPorts } from "./delivery.ts";

export function pagePorts({ endpoint, headers }: MonitorOptions): DeliveryPorts {
  const urlOf = (signal: MonitorSignal): string => `${endpoint.replace(/\/+$/, "")}/v1/${signal}`;
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
      return true;
    },
    after(wait, run) {
      nativeTimeout(run, wait);
    },
    random: Math.random,
    now,
  };
}
