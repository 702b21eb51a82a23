import { named, quoted } from "../named.ts";
import { cantTell, DOCS, found, ok, type FindingKind, type Moment } from "../finding.ts";

export const handlersDoubled: FindingKind = {
  group: "state",
  subject: "Handlers",
  title: "A handler is registered more than once",
  when: "one target has several handlers (known only with the client probe)",
  why: "Each message is handled several times. Usually on() runs again with each reconnect or each time a component is shown, and off() is missing.",
  link: `${DOCS}aspnet/core/signalr/javascript-client#call-client-methods-from-hub`,
  scenario: "crash",
  check({ hubs }) {
    const all = hubs.flatMap((hub) =>
      hub.mistakes.filter(({ mistake }) => mistake === "handlers-doubled").map((one) => ({ hub, one })),
    );
    if (all.length === 0)
      return hubs.some(({ hub }) => hub !== null)
        ? ok("Each target has one handler.")
        : cantTell("Only the client probe sees handlers.");
    const worst = all.reduce((a, b) => (b.one.count > a.one.count ? b : a));
    const target = named(worst.one.target ?? "");
    return found("medium", `${worst.one.count} handlers for ${target || "one target"}.`, {
      measured: [
        { label: "Targets with several handlers", value: all.length, unit: "count" },
        { label: "Handlers of one target, at most", value: worst.one.count, unit: "count" },
      ],
      moments: all.map(({ hub, one }): Moment => ({
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
            code: `const show = (message) => { /* … */ };\nconnection.on(${quoted(target)}, show);\n// when the component ends\nconnection.off(${quoted(target)}, show);`,
          },
        },
      ],
    });
  },
};
