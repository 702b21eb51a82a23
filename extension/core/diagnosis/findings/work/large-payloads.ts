import { bytes, counted } from "../../../text/format.ts";
import { named, quoted } from "../named.ts";
import { cantTell, DOCS, found, ok, type FindingKind, type Moment } from "../finding.ts";
import { messagesFrom } from "../calls-in.ts";

/** On a slow mobile network (1 Mbit/s) such a message blocks all others for a second. */
const LARGE = 128 * 1024;

export const largePayloads: FindingKind = {
  group: "work",
  subject: "Size of messages",
  title: "Large payloads over the hub",
  when: "a message had more than 128 KiB",
  why: "A connection sends one message after another: a large one delays all behind it, pings too. It isn't compressed by default, can't be cached or continued, and is lost with the connection.",
  link: `${DOCS}aspnet/core/signalr/security#buffer-management`,
  scenario: null,
  check(history) {
    const { hubs } = history;
    if (hubs.every(({ totals }) => totals.in.messages + totals.out.messages === 0))
      return cantTell("No messages were recorded.");
    // Blazor decides about the size of its render batches, not the app.
    if (hubs.every(({ circuit }) => circuit !== null))
      return ok("A Blazor page's messages are Blazor's own.");
    const large = messagesFrom(history, LARGE);
    if (large.length === 0) return ok(`No message was larger than ${bytes(LARGE)}.`);
    const largest = large.reduce((a, b) => (b.size > a.size ? b : a));
    const total = large.reduce((sum, { size }) => sum + size, 0);
    const name = named(largest.target);
    return found(
      largest.size >= LARGE * 8 ? "medium" : "low",
      `${counted(large.length, "message")} over ${bytes(LARGE)}; the largest had ${bytes(largest.size)}${name ? ` (${name})` : ""}.`,
      {
        measured: [
          { label: "Large messages", value: large.length, unit: "count" },
          { label: "Largest", value: largest.size, unit: "B" },
          { label: "Together", value: total, unit: "B" },
        ],
        moments: large.map(({ hub, t, size, target, direction }): Moment => ({
          t,
          hubKey: hub.key,
          text: `${named(target) || "A message"}, ${bytes(size)}, ${direction === "in" ? "to the app" : "to the server"}`,
        })),
        changes: [
          {
            where: "server",
            text: "Put the content behind an HTTP address, and send only the address, or what has changed, over the hub.",
            snippet: {
              language: "cs",
              code: `await Clients.Group(group).SendAsync(${quoted(largest.target || "Changed")}, new { version, url = $"/api/content/{version}" });`,
            },
          },
        ],
      },
    );
  },
};
