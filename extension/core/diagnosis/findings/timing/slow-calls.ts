import type { CallModel } from "../../../model/types.ts";
import { counted, duration } from "../../../text/format.ts";
import { named } from "../named.ts";
import type { Milliseconds } from "../../../units.ts";
import { queuedCalls } from "../../call-queue.ts";
import { heldBack } from "../../held-back.ts";
import { cantTell, DOCS, found, notApplicable, ok, type FindingKind, type HubHistory } from "../finding.ts";
import { isBlazor, median } from "../history-parts.ts";
import { isInjected } from "../natural.ts";

/** One that a user waits for should be faster by far; a few slow ones may be chance. */
const SLOW: Milliseconds = 3_000;
const VERY_SLOW: Milliseconds = 10_000;
const FEWEST = 3;

export const slowCalls: FindingKind = {
  group: "timing",
  subject: "Time to the answer of a call",
  title: "A hub method is slow",
  when: "a method took 3 s as the median of at least three calls, not counting calls that waited for others",
  why: "A method that runs for seconds keeps all later calls of this connection waiting (the server runs one at a time by default), and its result is lost if the connection breaks meanwhile.",
  link: `${DOCS}aspnet/core/signalr/hubs#create-and-use-hubs`,
  scenario: null,
  check(history) {
    if (isBlazor(history)) return notApplicable("A Blazor page's calls are Blazor's own.");
    const methods = methodsOf(history);
    if (methods.length === 0) return cantTell(`No method was called and answered ${FEWEST} times.`);
    const [slowest] = methods.sort((a, b) => b.usual - a.usual);
    if (!slowest || slowest.usual < SLOW)
      return ok(`The slowest method took ${duration(slowest?.usual ?? 0)} as a median.`);
    const name = named(slowest.target);
    const slow = methods.filter(({ usual }) => usual >= SLOW);
    return found(
      slowest.usual >= VERY_SLOW ? "medium" : "low",
      `${name} took ${duration(slowest.usual)} as a median of ${counted(slowest.calls.length, "call")}.`,
      {
        measured: [
          { label: "Median of the slowest method", value: Math.round(slowest.usual), unit: "ms" },
          { label: "Its calls", value: slowest.calls.length, unit: "count" },
          { label: "Slow methods", value: slow.length, unit: "count" },
        ],
        moments: slow.flatMap(({ target, calls }) =>
          calls.map(({ hubKey, call }) => ({
            t: call.sentAt,
            hubKey,
            text: `${named(target)} took ${duration((call.endedAt ?? call.sentAt) - call.sentAt)}`,
          })),
        ),
        changes: [
          {
            where: "server",
            text: "Start the work, answer at once, and send the result when it is there.",
            snippet: {
              language: "cs",
              code: `public async Task ${identifier(name)}(string jobId)\n{\n    await queue.Writer.WriteAsync(new Job(jobId, Context.UserIdentifier));\n}\n// in the background service, when the job is done, with IHubContext<…>\nawait hubContext.Clients.User(job.UserId).SendAsync("${identifier(name)}Done", job.Id, result);`,
            },
          },
        ],
      },
    );
  },
};

const identifier = (name: string): string => (/^\w+$/.test(name) ? name : "Work");

interface Method {
  readonly target: string;
  readonly calls: readonly { readonly hubKey: string; readonly call: CallModel }[];
  readonly usual: Milliseconds;
}

/** Without calls that waited for another one, and without those that something on the way held back. */
function methodsOf(history: HubHistory): Method[] {
  const { hubs, pages } = history;
  const byTarget = new Map<string, { hubKey: string; call: CallModel }[]>();
  for (const hub of hubs) {
    if (heldBack(hub)) continue;
    const queued = queuedCalls(hub, pages.find(({ id }) => id === hub.page) ?? null);
    for (const call of hub.calls) {
      const { direction, stream, fate, endedAt, sentAt, target } = call;
      if (direction !== "out" || stream || endedAt === null || (fate !== "completed" && fate !== "failed"))
        continue;
      if (queued.has(call) || isInjected(history, hub, sentAt, endedAt)) continue;
      const own = byTarget.get(target);
      if (own) own.push({ hubKey: hub.key, call });
      else byTarget.set(target, [{ hubKey: hub.key, call }]);
    }
  }
  return [...byTarget].flatMap(([target, calls]): Method[] =>
    calls.length < FEWEST
      ? []
      : [
          {
            target,
            calls,
            usual: median(calls.map(({ call }) => (call.endedAt ?? call.sentAt) - call.sentAt)),
          },
        ],
  );
}
