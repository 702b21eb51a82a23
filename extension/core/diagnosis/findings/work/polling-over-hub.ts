import { counted, duration } from "../../../text/format.ts";
import { named, quoted } from "../named.ts";
import type { CallModel, HubConnectionModel } from "../../../model/types.ts";
import type { Bytes, Milliseconds } from "../../../units.ts";
import { COMPLETION } from "../../../protocol/terms.ts";
import { cantTell, DOCS, found, ok, type FindingKind } from "../finding.ts";
import { median } from "../history-parts.ts";

/** Fewer calls may be a user who clicks in a rhythm. */
const FEWEST = 12;
/** Timers are exact to this share of their period; users aren't. */
const REGULAR = 0.05;
const SHORTEST: Milliseconds = 200;
/** Slower polling costs next to nothing. */
const LONGEST: Milliseconds = 60_000;

export const pollingOverHub: FindingKind = {
  group: "work",
  subject: "Polling over the hub",
  title: "A method is polled over the hub",
  when: "the same method was called at least 12 times in a fixed rhythm of 0.2 to 60 s (half of the intervals differ by less than 5 %), and its answers carry more than a truth value",
  why: "The app asks again and again over a connection on which the server could send the change when it happens. Each question is lost with the connection, and costs the server a call although nothing changed.",
  link: `${DOCS}aspnet/core/signalr/hubs#send-messages-to-clients`,
  scenario: null,
  check({ hubs }) {
    const polls = hubs.flatMap(pollsOf);
    const calls = hubs.reduce((sum, hub) => sum + hub.calls.filter(isAsked).length, 0);
    const [worst] = polls.sort((a, b) => b.calls.length - a.calls.length);
    if (!worst)
      return calls < FEWEST
        ? cantTell(`Only ${counted(calls, "call")}: too few to see a rhythm.`)
        : ok("No method is called in a fixed rhythm.");
    const name = named(worst.target);
    const event = quoted(`${worst.target}Changed`);
    return found(
      worst.every <= 2_000 ? "medium" : "low",
      `${name} was called ${counted(worst.calls.length, "time")}, every ${duration(worst.every)}.`,
      {
        measured: [
          { label: "Calls in this rhythm", value: worst.calls.length, unit: "count" },
          { label: "Period", value: Math.round(worst.every), unit: "ms" },
        ],
        moments: polls.flatMap(({ hub, calls: own, target, every }) => {
          const [first] = own;
          const last = own.at(-1);
          if (!first || !last) return [];
          const often = `every ${duration(every)}, ${counted(own.length, "time")}`;
          return [
            { t: first.sentAt, hubKey: hub.key, text: `${named(target)} ${often}` },
            { t: last.sentAt, hubKey: hub.key, text: `Last call of ${named(target)}` },
          ];
        }),
        changes: [
          {
            where: "server",
            text: "Send the value when it changes, and once in OnConnectedAsync.",
            snippet: {
              language: "cs",
              code: `// where the value changes, with IHubContext<…>\nawait hubContext.Clients.Group(group).SendAsync(${event}, value);`,
            },
          },
          {
            where: "client",
            text: `Replace the timer around ${name} by connection.on(${event}, …).`,
          },
        ],
      },
    );
  },
};

interface Poll {
  readonly hub: HubConnectionModel;
  readonly target: string;
  readonly every: Milliseconds;
  readonly calls: readonly CallModel[];
}

/**
 * A Completion with an id of a few digits whose result is null: in JSON, and in binary. One with a number or a truth value isn't much
 * larger.
 */
const EMPTY: Readonly<Record<"json" | "binary", Bytes>> = { json: 50, binary: 16 };

/** Whether the answers carry something. An app that reports its own state in a rhythm gets none that do. */
function getsAnswers({ messages, protocol }: HubConnectionModel, calls: readonly CallModel[]): boolean {
  const own = new Set(calls);
  const sizes: Bytes[] = [];
  for (let i = messages.firstFrom(calls[0]?.sentAt ?? Infinity); i < messages.length; i++) {
    if (messages.headAt(i).type !== COMPLETION) continue;
    const call = messages.callAt(i);
    if (call && own.has(call)) sizes.push(messages.sizeAt(i));
  }
  return median(sizes) > EMPTY[protocol === "json" ? "json" : "binary"];
}

const isAsked = ({ direction, stream }: CallModel): boolean => direction === "out" && !stream;

function pollsOf(hub: HubConnectionModel): Poll[] {
  if (hub.circuit !== null) return [];
  const byTarget = new Map<string, CallModel[]>();
  for (const call of hub.calls) {
    if (!isAsked(call)) continue;
    const own = byTarget.get(call.target);
    if (own) own.push(call);
    else byTarget.set(call.target, [call]);
  }
  return [...byTarget].flatMap(([target, calls]): Poll[] => {
    if (calls.length < FEWEST) return [];
    const gaps = calls.slice(1).map(({ sentAt }, i) => sentAt - (calls[i]?.sentAt ?? 0));
    const every = median(gaps);
    if (every < SHORTEST || every > LONGEST) return [];
    const off = median(gaps.map((gap) => Math.abs(gap - every)));
    return off <= every * REGULAR && getsAnswers(hub, calls) ? [{ hub, target, every, calls }] : [];
  });
}
