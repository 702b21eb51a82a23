import type { MistakeModel } from "../../../model/app-code-types.ts";
import type { HubConnectionModel } from "../../../model/types.ts";
import type { Milliseconds } from "../../../units.ts";
import { named, quoted } from "../named.ts";
import { cantTell, DOCS, found, ok, type FindingKind, type Moment } from "../finding.ts";

export const handlersDoubled: FindingKind = {
  group: "state",
  subject: "Handlers",
  title: "A handler is registered more than once",
  when: "the handlers of one target become more while the page is open, as after a reconnect (known only with the client probe)",
  why: "Each message is handled several times. Usually on() runs again with each reconnect or each time a component is shown, and off() is missing.",
  link: `${DOCS}aspnet/core/signalr/javascript-client#call-client-methods-from-hub`,
  scenario: "crash",
  check({ hubs }) {
    const all = hubs.flatMap((hub) =>
      hub.mistakes.filter(({ mistake }) => mistake === "handlers-doubled").map((one) => ({ hub, one })),
    );
    const growing = all.filter(isGrowing);
    if (growing.length === 0 && all.length > 0)
      return ok(
        "Some targets have several handlers from the start, and they don't become more: probably on purpose.",
      );
    if (growing.length === 0)
      return hubs.some(({ hub }) => hub !== null)
        ? ok("Each target has one handler.")
        : cantTell("Only the client probe sees handlers.");
    const worst = growing.reduce((a, b) => (b.one.count > a.one.count ? b : a));
    const own = worst.one.target ?? "";
    const target = named(own);
    return found(
      "medium",
      `${worst.one.count} handlers for ${target || "one target"} (the client keeps names in lower case), and they have become more.`,
      {
        measured: [
          { label: "Targets with several handlers", value: growing.length, unit: "count" },
          { label: "Handlers of one target, at most", value: worst.one.count, unit: "count" },
        ],
        moments: growing.map(({ hub, one }): Moment => ({
          t: one.from,
          hubKey: hub.key,
          text: `${one.count} handlers for ${named(one.target ?? "a target")}`,
        })),
        changes: [
          {
            where: "client",
            text: "Register handlers once, before start(); they stay over reconnects. Remove them with off() where a component ends.",
            snippet: {
              language: "ts",
              code: `const show = (message: unknown) => { /* … */ };\nconnection.on(${quoted(own)}, show);\n// when the component ends\nconnection.off(${quoted(own)}, show);`,
            },
          },
        ],
      },
    );
  },
};

/** From when on a target with two handlers isn't one that the page has set up so. */
const SET_UP: Milliseconds = 2_000;

/** Two components may each have a handler of their own. Handlers that are forgotten become more and more. */
function isGrowing({ hub, one }: { hub: HubConnectionModel; one: MistakeModel }): boolean {
  const connected = hub.states.find(({ state }) => state === "connected")?.from ?? Infinity;
  return one.until > one.from || one.from > connected + SET_UP;
}
