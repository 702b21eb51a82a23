import { bytes, counted } from "../../../text/format.ts";
import { named } from "../named.ts";
import type { Bytes } from "../../../units.ts";
import { messagesFrom, type LargeMessage } from "../calls-in.ts";
import { cantTell, DOCS, found, momentOf, ok, okSoFar, type FindingKind } from "../finding.ts";
import { lostBy, naturalLosses, type NaturalLoss } from "../natural.ts";

/** MaximumReceiveMessageSize, by default. */
const LIMIT: Bytes = 32 * 1024;
const NEAR = 0.8;

export const messageNearLimit: FindingKind = {
  group: "security",
  subject: "Messages against the server's limit",
  title: "Messages reach the server's limit",
  when: "a connection ended by a message that was too large; or the client sent a message of 80 to 100 % of the default limit of 32 KiB, and none above it",
  why: "A message of the client over MaximumReceiveMessageSize (32 kB by default) ends the connection. If the app sends it again after the reconnect, that goes on for ever.",
  link: `${DOCS}aspnet/core/signalr/security#buffer-management`,
  scenario: null,
  check(history) {
    const { hubs } = history;
    if (hubs.every(({ totals }) => totals.out.messages === 0)) return cantTell("The client sent no message.");
    if (hubs.every(({ messages }) => messages.length === 0)) return cantTell("Messages were only counted.");
    const over = lostBy(naturalLosses(history), ["message-too-large", "frame-too-large"]);
    const large = messagesFrom(history, LIMIT * NEAR).filter(({ direction }) => direction === "out");
    // What was over the limit and didn't end the connection shows that the limit is higher.
    const passed = large.filter(({ size, hub, t }) => size > LIMIT && !endedBy(over, hub.key, t));
    const near = large.filter(({ size }) => size <= LIMIT);
    if (over.length === 0 && passed.length > 0)
      return ok(`A message of ${bytes(largestOf(passed))} passed: the limit was raised.`);
    if (over.length + near.length === 0)
      return okSoFar(`No message of the client came near the default limit of ${bytes(LIMIT)}.`);
    const largest = largestOf(large);
    return found(
      over.length > 0 ? "high" : "low",
      over.length > 0
        ? `${counted(over.length, "connection")} ended by a message that was too large${largest > 0 ? `; the largest sent had ${bytes(largest)}` : ""}.`
        : `The client sends messages of up to ${bytes(largest)}; the limit is ${bytes(LIMIT)} by default.`,
      {
        measured: [
          { label: "Connections ended", value: over.length, unit: "count" },
          { label: "Messages near the limit", value: near.length, unit: "count" },
          { label: "Largest message sent", value: largest, unit: "B" },
        ],
        moments: [
          ...over.map(({ interruption, verdict }) => momentOf(interruption, verdict.title)),
          ...near.map(({ hub, t, size, target }) => ({
            t,
            hubKey: hub.key,
            text: `${named(target) || "A message"}, ${bytes(size)}`,
          })),
        ],
        changes: [
          {
            where: "client",
            text: "Send large content as an HTTP request, or in parts as a stream.",
            snippet: {
              language: "ts",
              code: 'const parts = new signalR.Subject();\nawait connection.send("Upload", parts);\nfor (const part of split(content, 16_000)) parts.next(part);\nparts.complete();',
            },
          },
          {
            where: "server",
            text: "Or raise the limit to what the app really needs: it is memory for each connection.",
            snippet: {
              language: "cs",
              code: `builder.Services.AddSignalR(options => options.MaximumReceiveMessageSize = ${Math.max(2, Math.ceil((largest * 1.5) / LIMIT)) * LIMIT});`,
            },
          },
        ],
      },
    );
  },
};

const largestOf = (messages: readonly LargeMessage[]): Bytes =>
  messages.reduce((most, { size }) => Math.max(most, size), 0);

const endedBy = (over: readonly NaturalLoss[], hubKey: string, t: number): boolean =>
  over.some(({ hub, interruption: { from } }) => hub.key === hubKey && from >= t && from - t < 2_000);
