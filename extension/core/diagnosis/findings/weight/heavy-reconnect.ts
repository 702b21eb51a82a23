import { bytes, counted, duration, whole } from "../../../text/format.ts";
import { quoted } from "../named.ts";
import { cantTell, DOCS, found, momentOf, notApplicable, ok, type FindingKind } from "../finding.ts";
import { isBlazor } from "../history-parts.ts";
import { countedOf, reconnectsOf, workedOf, type WorkedReconnect } from "./reconnects.ts";

/** An app that joins its groups and asks for what it missed stays well below. */
const MANY_CALLS = 20;
const MANY_BYTES = 500_000;
/** As many clients as a small app may have on one server. */
const HERD = 1_000;

export const heavyReconnect: FindingKind = {
  group: "weight",
  subject: "Work after a reconnect",
  title: "Reconnecting is heavy",
  when: "an app made 20 calls or received 500 kB because of a reconnect, until its traffic was steady again or in the first 5 s",
  why: "When a server or the service restarts, all clients reconnect within seconds. What each of them loads then, the servers must deliver to all of them at once.",
  link: `${DOCS}azure/azure-signalr/signalr-concept-client-disconnections`,
  scenario: "crash",
  check(history) {
    if (isBlazor(history)) return notApplicable("A Blazor page's reconnect is Blazor's own.");
    const reconnects = reconnectsOf(history);
    if (reconnects.length === 0) return cantTell("No connection was lost and came back.");
    const worked = [...workedOf(reconnects), ...countedOf(reconnects, history.now)];
    if (worked.length === 0)
      return cantTell("After no reconnect was the traffic recorded until it was steady again.");
    const heavy = worked.filter(({ calls, loaded }) => calls >= MANY_CALLS || loaded >= MANY_BYTES);
    const [worst] = [...heavy].sort((a, b) => b.loaded - a.loaded || b.calls - a.calls);
    if (!worst)
      return ok(
        `At most ${mostOf(worked)} after a reconnect${worked.some(isPart) ? ", as far as recorded" : ""}.`,
      );
    const { loaded, calls } = worst;
    return found(
      loaded >= 2 * MANY_BYTES || calls >= 2 * MANY_CALLS ? "medium" : "low",
      `${counted(calls, "call")} and ${bytes(loaded)} received within ${duration(worst.settled)} of a reconnect. ${whole(HERD)} clients at once: ${counted(calls * HERD, "call")} and ${bytes(loaded * HERD)}.`,
      {
        measured: [
          { label: "Calls after a reconnect", value: calls, unit: "count" },
          { label: "Received after a reconnect", value: loaded, unit: "B" },
          { label: "Until steady again", value: Math.round(worst.settled), unit: "ms" },
          { label: "Heavy reconnects", value: heavy.length, unit: "count" },
        ],
        moments: heavy.map(({ interruption, weight, calls, loaded: size }) =>
          momentOf(interruption, `${counted(calls, "call")}, ${bytes(size)} received`, weight.connectedAt),
        ),
        changes: [
          {
            where: "client",
            text: "Keep what the page already has, and ask only for what has changed since then.",
            snippet: { language: "ts", code: changesCode(worst) },
          },
          {
            where: "client",
            text: "Spread what must be loaded over some seconds, so that not all clients ask at once.",
            snippet: {
              language: "ts",
              code: "connection.onreconnected(() => setTimeout(catchUp, Math.random() * 10_000));",
            },
          },
        ],
      },
    );
  },
};

const isPart = ({ weight: { steady } }: WorkedReconnect): boolean => steady.kind !== "steady";

function mostOf(worked: readonly WorkedReconnect[]): string {
  const calls = Math.max(...worked.map((one) => one.calls));
  const loaded = Math.max(...worked.map((one) => one.loaded));
  return `${counted(calls, "call")} and ${bytes(loaded)} received`;
}

function changesCode({ weight: { work } }: WorkedReconnect): string {
  const [largest] = [...work.methods].sort((a, b) => b.answered - a.answered);
  const method = largest?.target ?? "GetState";
  return `connection.onreconnected(async () => {
  // The server answers with what is newer than this version.
  apply(await connection.invoke(${quoted(`${method}ChangedSince`)}, version));
});`;
}
