import { bytes, counted } from "../../../text/format.ts";
import { named, quoted } from "../named.ts";
import { cantTell, DOCS, found, momentOf, notApplicable, ok, type FindingKind } from "../finding.ts";
import { isBlazor } from "../history-parts.ts";
import { reconnectsOf, workedOf } from "./reconnects.ts";

/** To join the groups again is necessary, and its answers are empty. What is loaded again is not. */
const LOADED_AGAIN = 50_000;
const MUCH = 500_000;

export const repeatedWork: FindingKind = {
  group: "weight",
  subject: "Data loaded again",
  title: "Each reconnect loads the same data again",
  when: "methods that were called after the first start, too, answered with 50 kB or more after a reconnect",
  why: "The page still has what it loaded at its first start. Loading it again makes every short loss as heavy as a new visit, for the user and for the server.",
  link: `${DOCS}azure/azure-signalr/signalr-concept-client-disconnections`,
  scenario: "crash",
  check(history) {
    if (isBlazor(history)) return notApplicable("A Blazor page's reconnect is Blazor's own.");
    const worked = workedOf(reconnectsOf(history));
    const compared = worked.filter(({ weight }) => weight.firstStart !== null);
    if (compared.length === 0)
      return cantTell("No first start and later reconnect of one connection were both recorded.");
    const repeating = compared.filter(({ weight }) => weight.repeated.answered >= LOADED_AGAIN);
    const [worst] = [...repeating].sort((a, b) => b.weight.repeated.answered - a.weight.repeated.answered);
    if (!worst?.weight.firstStart) return ok("No reconnect loaded much of what the first start had loaded.");
    const { repeated, work, firstStart } = worst.weight;
    const first = new Set(firstStart.methods.map(({ target }) => target));
    const again = work.methods.filter(({ target, answered }) => first.has(target) && answered > 0);
    const names = again.slice(0, 4).map(({ target }) => named(target));
    return found(
      repeated.answered >= MUCH ? "medium" : "low",
      `${names.join(", ")} brought ${bytes(repeated.answered)} again after a reconnect; the first start had ${bytes(firstStart.in.bytes)}.`,
      {
        measured: [
          { label: "Received again", value: repeated.answered, unit: "B" },
          { label: "Calls repeated", value: repeated.calls, unit: "count" },
          { label: "Received after the first start", value: firstStart.in.bytes, unit: "B" },
          { label: "Such reconnects", value: repeating.length, unit: "count" },
        ],
        moments: repeating.map(({ interruption, weight }) =>
          momentOf(
            interruption,
            `${counted(weight.repeated.calls, "call")} as after the first start, ${bytes(weight.repeated.answered)}`,
            weight.connectedAt,
          ),
        ),
        changes: [
          {
            where: "client",
            text: `Call ${names[0] ?? "the method"} only where the page has nothing yet. After a reconnect, ask what is newer than what it has.`,
            snippet: {
              language: "ts",
              code: `const load = async () =>\n  version === undefined\n    ? show(await connection.invoke(${quoted(names[0] ?? "GetState")}))\n    : apply(await connection.invoke("GetChangesSince", version));\nconnection.onreconnected(load);`,
            },
          },
          {
            where: "server",
            text: "With stateful reconnect, short losses need no reload at all: the connection goes on with its groups and its messages.",
            snippet: {
              language: "cs",
              code: `app.MapHub<YourHub>(${JSON.stringify(worst.hub.path)}, options => options.AllowStatefulReconnects = true);`,
            },
          },
        ],
      },
    );
  },
};
