/** The text of a row for what the browser told of a request or of the computer. Pure. */
import type { BrowserEvent, NegotiateTiming } from "../core/events/browser-events.ts";
import { answeredBy } from "../core/text/answered-by.ts";
import { duration } from "../core/text/format.ts";
import type { EventWords } from "./event-words.ts";

export function browserWords(event: BrowserEvent): EventWords {
  switch (event.kind) {
    case "negotiate-timing":
      return { kind: "Negotiate", title: "Negotiate timing", text: timingWords(event) };
    case "refresh":
      return {
        kind: "Negotiate",
        title: `Token refresh ${event.status ?? "failed"}`,
        text: [
          event.tokenLifetime === undefined ? "" : `new token for ${duration(event.tokenLifetime)}`,
          event.error ?? "",
        ]
          .filter(Boolean)
          .join(": "),
        ...(event.status === null || event.status >= 400 ? { tone: "bad" } : {}),
      };
    case "request-seen": {
      const failed = event.error !== undefined;
      const parts = [
        event.error ?? "",
        event.preflight ? "CORS preflight" : "",
        event.redirectedTo === undefined ? "" : `redirected to ${event.redirectedTo}`,
        event.headers === undefined ? "" : answeredBy(event.headers),
        "reported by network",
      ];
      return {
        kind: event.request === undefined ? "Transport" : "Negotiate",
        title: `${event.method} ${event.status ?? (failed ? "failed" : "seen")}`,
        text: parts.filter(Boolean).join(", "),
        ...(failed ? { tone: "bad" } : {}),
      };
    }
    case "policy-violation":
      return {
        kind: "Page",
        title: "Blocked by Content Security Policy",
        text: `${event.directive}: ${event.url}`,
        tone: "bad",
      };
    case "clock-jump":
      return {
        kind: "Page",
        title: `Clock moved ${duration(Math.abs(event.by))} ${event.by < 0 ? "back" : "forward"}`,
        text: "the computer slept, or its clock was set",
        tone: "warn",
      };
    case "network-type":
      return { kind: "Page", title: "Network changed", text: `${event.from} to ${event.to}`, tone: "warn" };
  }
}

/** Where a negotiate's time went, without the parts that took none. */
export function timingWords(timing: Omit<NegotiateTiming, "kind" | "seq" | "t" | "request">): string {
  const { protocol, queued, dns, connect, tls, wait, download, throughServiceWorker } = timing;
  const parts = [
    ["queued", queued],
    ["DNS", dns],
    ["connect", connect - tls],
    ["TLS", tls],
    ["server", wait],
    ["download", download],
  ] as const;
  const times = parts.filter(([, took]) => took >= 1).map(([name, took]) => `${name} ${duration(took)}`);
  return [protocol, ...times, throughServiceWorker ? "through the page's service worker" : ""]
    .filter(Boolean)
    .join(", ");
}
