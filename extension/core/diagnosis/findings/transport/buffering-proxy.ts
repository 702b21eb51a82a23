import type { CallModel } from "../../../model/types.ts";
import { counted, duration } from "../../../text/format.ts";
import { heldBack } from "../../held-back.ts";
import { verdictOf } from "../../diagnose.ts";
import { cantTell, DOCS, found, ok, type FindingKind, type HubHistory } from "../finding.ts";
import { hangsIn } from "../hangs-in.ts";
import { locationOf } from "../named.ts";
import { isInjected, refusalMoment, refusedBy } from "../natural.ts";

const isQuick = ({ direction, fate, sentAt, endedAt }: CallModel): boolean =>
  direction === "out" && fate === "completed" && endedAt !== null && endedAt - sentAt < 1_000;

export const bufferingProxy: FindingKind = {
  group: "transport",
  subject: "Messages passed on at once",
  title: "A proxy holds messages back",
  when: "at least four of five answers came together with the server's next ping (inferred); or an event stream got no answer",
  why: "A proxy that buffers passes messages on only when more of them follow, or never. Answers come seconds late, and an event stream may not start at all.",
  link: `${DOCS}aspnet/core/signalr/scale#linux-with-nginx`,
  scenario: null,
  check(history) {
    const { hubs } = history;
    const held = hubs.flatMap((hub) => {
      const calls = hub.calls.filter(
        ({ sentAt, endedAt }) => !isInjected(history, hub, sentAt, endedAt ?? sentAt),
      );
      const back = heldBack({ calls, messages: hub.messages });
      return back ? [{ hub, back, calls }] : [];
    });
    const stuck = stuckStreams(history);
    const refused = refusedBy(history, ["event-stream-unanswered"]);
    const [worst] = [...held].sort((a, b) => b.back.longest - a.back.longest);
    if (held.length + stuck.length + refused.length === 0) {
      return hubs.some(({ calls }) => calls.some(isQuick))
        ? ok("An answer came at once: nothing holds messages back.")
        : cantTell(
            "No call had a quick answer, and too few had slow ones, to see whether answers are held back.",
          );
    }
    return found(
      "medium",
      worst
        ? `${worst.back.withPing} of ${worst.back.answers} answers came together with the server's next ping, up to ${duration(worst.back.longest)} late (inferred).`
        : `${counted(stuck.length + refused.length, "event stream")} got no answer, as behind a proxy that buffers (inferred).`,
      {
        measured: [
          ...(worst
            ? ([
                { label: "Answers with a ping", value: worst.back.withPing, unit: "count" },
                { label: "Longest", value: Math.round(worst.back.longest), unit: "ms" },
              ] as const)
            : []),
          { label: "Event streams without an answer", value: stuck.length + refused.length, unit: "count" },
        ],
        moments: [
          ...held.flatMap(({ hub, calls }) =>
            calls.flatMap(({ sentAt, endedAt, target }) =>
              endedAt === null || endedAt - sentAt < 1_000
                ? []
                : [
                    {
                      t: endedAt,
                      hubKey: hub.key,
                      text: `Answer to ${target} after ${duration(endedAt - sentAt)}`,
                    },
                  ],
            ),
          ),
          ...stuck.map(({ hub, from }) => ({
            t: from,
            hubKey: hub.key,
            text: "Event stream without an answer",
          })),
          ...refused.map(refusalMoment),
        ],
        changes: [
          {
            where: "proxy",
            text: "Switch buffering off for the hub, and let WebSockets through.",
            snippet: {
              language: "nginx",
              code: `location ${locationOf(hubs[0]?.path)} {\n  proxy_pass http://your-server;\n  proxy_http_version 1.1;\n  proxy_set_header Upgrade $http_upgrade;\n  proxy_set_header Connection "upgrade";\n  proxy_buffering off;\n  proxy_cache off;\n}`,
            },
          },
        ],
      },
    );
  },
};

/** Not those that wait for one of the browser's six connections to a host. */
const stuckStreams = (history: HubHistory) =>
  hangsIn(history).filter(
    (hang) =>
      hang.wait.step === "event-stream" &&
      hang.faults.length === 0 &&
      verdictOf(hang).obstacle?.name === "event-stream-unanswered",
  );
