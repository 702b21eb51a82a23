import { counted } from "../../../text/format.ts";
import { named, quoted } from "../named.ts";
import { cantTell, DOCS, found, momentOf, notApplicable, ok, type FindingKind } from "../finding.ts";
import { isBlazor, lossesOf } from "../history-parts.ts";
import { hasNewId, isBack } from "../loss-cost.ts";

/** Methods with such words in their names change what the server keeps for a connection id, unless they only read. */
const JOINS = new Set(["join", "subscribe", "group", "watch", "follow", "listen", "enter", "attach"]);
const READS = new Set(["get", "load", "fetch", "list", "read", "find", "query", "search"]);

function isJoin(method: string): boolean {
  const words = method
    .split(/(?=[A-Z])|[^A-Za-z]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
  return !READS.has(words[0] ?? "") && words.some((word) => JOINS.has(word));
}

export const callsNotRepeated: FindingKind = {
  group: "state",
  subject: "Groups after a new id",
  title: "Calls of the start aren't repeated after a new id",
  when: "a method that was called in the first 3 s was not called in 10 s after a reconnect with a new id",
  why: "Groups and subscriptions belong to the connection id. After a reconnect with a new id the server sends nothing to the old groups' member, and the page looks connected but gets no messages.",
  link: `${DOCS}azure/azure-signalr/signalr-concept-client-disconnections`,
  scenario: "crash",
  check(history) {
    if (isBlazor(history)) return notApplicable("A Blazor circuit keeps its state on the server.");
    const back = lossesOf(history).filter((lost) => isBack(lost));
    if (back.length === 0) return cantTell("No lost connection came back.");
    const renewed = back.filter(({ interruption }) => hasNewId(interruption));
    if (renewed.length === 0) return ok("The connection came back with its old id each time.");
    const known = renewed.filter(({ interruption }) => interruption.notRepeated !== null);
    if (known.length === 0)
      return cantTell("It was lost again, or the recording ends, right after the reconnect.");
    const forgot = known.filter(({ interruption }) => (interruption.notRepeated ?? []).length > 0);
    if (forgot.length === 0)
      return ok("What the app called after its start it called again with the new id, or it called nothing.");
    const methods = [...new Set(forgot.flatMap(({ interruption }) => interruption.notRepeated ?? []))];
    const some = methods.slice(0, 5).map(named).join(", ");
    return found(
      methods.some(isJoin) ? "high" : "low",
      `Called after the first start, and not after ${counted(forgot.length, "reconnect")} with a new id: ${some} (inferred: whether the app needs them again isn't known).`,
      {
        measured: [
          { label: "Methods not repeated", value: methods.length, unit: "count" },
          { label: "Reconnects without them", value: forgot.length, unit: "count" },
        ],
        moments: forgot.map(({ interruption }) =>
          momentOf(
            interruption,
            `New id, without ${(interruption.notRepeated ?? []).slice(0, 5).map(named).join(", ")}`,
            interruption.until ?? interruption.from,
          ),
        ),
        changes: [
          {
            where: "client",
            text: "Do the same after start() and in onreconnected.",
            snippet: { language: "ts", code: joinCode(methods) },
          },
          {
            where: "server",
            text: "Or add the connection to its groups in OnConnectedAsync, by the user's name from a store.",
            snippet: { language: "cs", code: SERVER_CODE },
          },
        ],
      },
    );
  },
};

const joinCode = (methods: readonly string[]): string => `async function join() {
${methods
  .slice(0, 5)
  .map((method) => `  await connection.invoke(${quoted(method)} /* , … */);`)
  .join("\n")}
}
connection.onreconnected(join);
await connection.start();
await join();`;

const SERVER_CODE = `public override async Task OnConnectedAsync()
{
    foreach (var group in await store.GroupsOfAsync(Context.UserIdentifier))
        await Groups.AddToGroupAsync(Context.ConnectionId, group);
    await base.OnConnectedAsync();
}`;
